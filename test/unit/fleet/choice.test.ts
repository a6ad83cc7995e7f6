// Which hosts are meant: by a pattern, by an inventory of Ansible.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fleetHost, sshOptionsOf } from '../../../extension/core/fleet/fleetHost';
import { expandRanges, hostsMatching, isMatch } from '../../../extension/core/fleet/hostPattern';
import { hostsOfInventory, hostsOfInventoryJson } from '../../../extension/core/fleet/inventory';

const KNOWN = ['web-1', 'web-2', 'db', 'Web-3'];

describe('a pattern', () => {
  it.each([
    ['web-*', ['web-1', 'web-2']],
    ['?b other', ['db', 'other']],
    ['db, db new', ['db', 'new']],
    ['web[08:11].example', ['web08.example', 'web09.example', 'web10.example', 'web11.example']],
    ['r[1:2]n[a:b]', ['r1na', 'r1nb', 'r2na', 'r2nb']],
    ['x[3:1]', ['x[3:1]']],
    ['x[1:a]', ['x[1:a]']],
    ['', []],
    ['none*', []],
  ])('%j', (pattern, expected) => {
    expect(hostsMatching(pattern, KNOWN)).toEqual(expected);
  });
  it('never means more hosts than can be checked, however it is written', () => {
    expect(expandRanges('[0:99999999999]').length).toBeLessThanOrEqual(10_000);
    expect(expandRanges('[0:999][0:999][0:999][0:999]').length).toBeLessThanOrEqual(10_000);
  });
  it('matches as a regular expression would', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '*', '?'), maxLength: 6 });
    fc.assert(
      fc.property(text, pattern, (name, wanted) => {
        const expected = new RegExp(`^${wanted.replaceAll('*', '[ab]*').replaceAll('?', '[ab]')}$`).test(name);
        expect(isMatch(name, wanted)).toBe(expected);
      }),
    );
  });
});

describe('an inventory', () => {
  it('in INI form', () => {
    const text = `
# a comment
alone ansible_host=10.0.0.1 ansible_user=root ansible_port=2222   # with a comment
[web]
web[1:2].example
alone
"; rm -rf /" ansible_host=x
[web:vars]
ansible_user=deploy
[all:children]
web
[db]
db ansible_host='10.0.0.2' ansible_user=$(id) ansible_port=x ansible_ssh_common_args='-o ProxyCommand=x'
-oProxyCommand=x
evil ansible_host=-oProxyCommand=x
`;
    expect(hostsOfInventory(text)).toEqual([
      { name: 'alone', address: '10.0.0.1', user: 'root', port: 2222 },
      { name: 'web1.example' },
      { name: 'web2.example' },
      { name: 'db', address: '10.0.0.2' },
    ]);
  });
  it('as ansible-inventory lists it', () => {
    const inventory = {
      _meta: { hostvars: { a: { ansible_host: '10.0.0.1', ansible_port: 22 }, c: {} } },
      all: { children: ['web'] },
      web: { hosts: ['a', 'b', 7, '$(id)'] },
    };
    expect(hostsOfInventoryJson(JSON.stringify(inventory))).toEqual([
      { name: 'a', address: '10.0.0.1', port: 22 },
      { name: 'b' },
      { name: 'c' },
    ]);
  });
  it('any text is one', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { name } of hostsOfInventory(text)) expect(name).not.toMatch(/^-|\s|;|\$/);
      }),
    );
  });
});

it('a host is reached by options of ssh', () => {
  expect(sshOptionsOf({ name: 'a', address: '10.0.0.1', user: 'root', port: 22 })).toEqual([
    'HostName=10.0.0.1',
    'User=root',
    'Port=22',
  ]);
  expect(fleetHost('a', 'a', '-x', '123456')).toEqual({ name: 'a' });
});
