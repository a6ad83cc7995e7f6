import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { authorityOf, hostOf } from '../../../extension/core/remote/authority';
import { hostNameProblem } from '../../../extension/core/remote/hostName';
import { notReached } from '../../../extension/core/remote/notReached';
import { questionOf } from '../../../extension/core/remote/question';
import { parseSshConfig } from '../../../extension/core/remote/sshConfig';
import { remoteSshAuthority } from '../../../extension/core/remote/way';

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
