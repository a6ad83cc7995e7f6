import { describe, expect, it } from 'vitest';
import { rowOf, unreachedRow } from '../../../extension/core/fleet/hostRow';
import { csv, plainTable, tableOf } from '../../../extension/core/fleet/table';
import { message, render } from '../../../extension/core/message';
import { moduleDirectory, serverFacts, tree } from '../support/facts';

const RELEASE = '3.10.0-1160.119.1.el7.x86_64';
const healthy = serverFacts(RELEASE, {
  trees: [tree(RELEASE)],
  moduleDirectories: [moduleDirectory(RELEASE, tree(RELEASE))],
});

describe('a host as a row', () => {
  it('without headers names the cause and what installs them', () => {
    const row = rowOf('web', serverFacts(RELEASE, { trees: [], moduleDirectories: [moduleDirectory(RELEASE)] }));
    expect(row).toMatchObject({ state: 'findings', headers: false, built: false, loaded: false, atBoot: false });
    expect(row.cause).toMatch(/^headers_/);
    expect(row.remedy).toContain('kernel-devel');
  });

  it('with a module that loads at boot is fine', () => {
    const toa = {
      ...healthy.toa,
      loaded: true,
      files: [{ path: '/lib/modules/x/extra/toa.ko', vermagic: `${RELEASE} SMP mod_unload modversions ` }],
      autoload: ['/etc/modules-load.d/toa.conf'],
    };
    expect(rowOf('web', { ...healthy, toa })).toMatchObject({
      state: 'fine',
      headers: true,
      built: true,
      atBoot: true,
    });
    expect(rowOf('web', { ...healthy, toa: { ...toa, autoload: [] } }).state).toBe('findings');
  });
});

describe('the table', () => {
  const rows = [
    rowOf('b', healthy),
    unreachedRow('a', message('No host is called {host}.', { host: 'a' })),
    rowOf('=cmd()', healthy),
  ];
  const table = tableOf(rows, (text) => render(text));

  it('has the worst first, then by name', () => {
    expect(table.slice(1).map(([host]) => host)).toEqual(['a', '=cmd()', 'b']);
  });

  it('is CSV that no spreadsheet takes for formulas', () => {
    expect(csv(table)).toContain('"\'=cmd()"');
    expect(csv([['a"b', 'c\nd']])).toBe('"a""b","c\nd"\r\n');
  });

  it('is readable in a terminal', () => {
    expect(plainTable(table)).toContain('\n    No host is called a.');
  });
});
