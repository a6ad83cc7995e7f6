import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asFacts, type Facts } from '../../../extension/core/facts';
import { authorityOf, hostOf } from '../../../extension/core/remote/authority';
import { hostNameProblem } from '../../../extension/core/remote/hostName';
import { notReached } from '../../../extension/core/remote/notReached';
import { questionOf } from '../../../extension/core/remote/question';
import { parseSshConfig } from '../../../extension/core/remote/sshConfig';
import { remoteSshAuthority, wayTo } from '../../../extension/core/remote/way';
import { render } from '../../../extension/core/message';
import { root } from '../../tools/project';

const FACTS = asFacts(JSON.parse(readFileSync(join(root, 'test/fixtures/facts/debian12-healthy.json'), 'utf8')));

describe('names of hosts', () => {
  it.each([
    'web',
    'Web-1.example.com',
    'root@10.0.0.1',
    'user.name@host',
    '2001:db8::1',
    '[2001:db8::1]',
    '::1',
    '服务器',
  ])('%s is one', (name) => {
    expect(hostNameProblem(name)).toBeUndefined();
  });
  it.each(['', '-oProxyCommand=x', 'a b', 'a;b', '$(id)', '`id`', "a'b", 'a"b', 'a\nb', 'a|b', 'a&b', 'a>b', '#a'])(
    '%j is none',
    (name) => {
      expect(hostNameProblem(name)).toBeDefined();
    },
  );
});

it('a host is the same after the way through an authority in lower case', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (name) => {
      expect(hostOf(authorityOf(name).toLowerCase())).toBe(name);
    }),
  );
  expect(authorityOf('web-1.example')).toBe('web-1.example');
  expect(hostOf('~zz')).toBeUndefined();
  expect(hostOf('~ff')).toBeUndefined();
});

it('Remote-SSH gets names that it would make lower case as hex', () => {
  expect(remoteSshAuthority('web')).toBe('ssh-remote+web');
  const hex = /^ssh-remote\+([0-9a-f]+)$/.exec(remoteSshAuthority('root@Web'))?.[1] ?? '';
  expect(JSON.parse(Buffer.from(hex, 'hex').toString())).toEqual({ hostName: 'Web', user: 'root' });
});

it('an ssh configuration names its hosts and what it includes', () => {
  const text =
    'Include conf.d/*\nhost = web "db 1"  # comment\n  HostName x\nHost *.example !no ok?\nHOST\tlast\r\nMatch host y\n';
  expect(parseSshConfig(text.replaceAll('\r', ''))).toEqual({ hosts: ['web', 'db 1', 'last'], includes: ['conf.d/*'] });
});

it('any text is a configuration and a reason', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(parseSshConfig(text).hosts).toBeInstanceOf(Array);
      expect(notReached(text, 'web').detail.text).not.toBe('');
    }),
  );
});

it('old algorithms give the option that would allow them, without anything else in it', () => {
  const words =
    'Unable to negotiate with 10.0.0.1 port 22: no matching host key type found. Their offer: ssh-rsa,ssh-dss,$(id)';
  expect(notReached(words, 'web')).toMatchObject({
    kind: 'old-algorithms',
    option: 'HostKeyAlgorithms=+ssh-rsa,ssh-dss',
  });
  const newer = 'no matching key exchange method found. Their offer: diffie-hellman-group14-sha1,ext-info-s,';
  expect(notReached(`${newer}kex-strict-s-v00@openssh.com`, 'web').option).toBe(
    'KexAlgorithms=+diffie-hellman-group14-sha1',
  );
});

it('questions are told apart, and carry nothing that a terminal would obey', () => {
  expect(questionOf('Are you sure you want to continue connecting (yes/no/[fingerprint])? ', '').kind).toBe('host-key');
  expect(questionOf("Enter passphrase for key '/k': ", '').kind).toBe('secret');
  expect(questionOf('Confirm user presence for key', 'none').kind).toBe('notice');
  expect(questionOf('a\u001b[2J\u202eb\nc', '').text).toBe('a[2Jb\nc');
});

describe('the way to a host', () => {
  const host = (libc: string | undefined, release: string): Facts => {
    if (FACTS === undefined) throw new Error('no facts');
    return { ...FACTS, kernel: { ...FACTS.kernel, release }, tools: { ...FACTS.tools, libc } };
  };
  const way = (facts: Facts, ...installed: readonly string[]): readonly [string, string] => {
    const { kind, reason } = wayTo(facts, (id) => installed.includes(id));
    return [kind, render(reason)];
  };
  const able = host('glibc 2.28', '4.18.0-553.el8_10.x86_64');

  it.each([
    ['ms-vscode-remote.remote-ssh', 'Remote - SSH (Microsoft)'],
    ['jeanp413.open-remote-ssh', 'Open Remote - SSH'],
    ['anysphere.remote-ssh', 'Remote SSH (Cursor)'],
  ])('is by %s where it is installed and its server runs', (id, name) => {
    expect(way(able, id)).toEqual(['remote-ssh', `${name} is installed, and VS Code’s server runs on this host.`]);
  });

  it('is by sh alone elsewhere, and says why', () => {
    const id = 'ms-vscode-remote.remote-ssh';
    expect(way(able, 'ms-vscode-remote.remote-containers')).toEqual(['agentless', 'Remote-SSH is not installed.']);
    expect(way(host('glibc 2.17', '5.4.0'), id)).toEqual(['agentless', expect.stringContaining('glibc 2.17')]);
    expect(way(host(undefined, '5.4.0'), id)[0]).toBe('agentless');
    expect(way(host('glibc 2.28', '4.17.19'), id)).toEqual(['agentless', expect.stringContaining('4.17.19')]);
  });
});
