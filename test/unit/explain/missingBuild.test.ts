import { describe, expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import type { Case } from '../../../extension/core/explain/cause';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import { render } from '../../../extension/core/message';
import type { Facts } from '../../../extension/core/facts';
import { moduleDirectory, serverFacts, tree } from '../support/facts';

const EL7 = '3.10.0-1160.el7.x86_64';
const NEWER = '3.10.0-1160.119.1.el7.x86_64';
const OLDER = '3.10.0-957.el7.x86_64';

function missing(release: string): string {
  return `make -C /lib/modules/${release}/build M=/root/toa modules\nmake: *** /lib/modules/${release}/build: No such file or directory.  Stop.\n`;
}

function diagnose(release: string, facts: Facts | undefined, change: Partial<Case> = {}) {
  return explain({
    symptoms: readSymptoms(missing(release)),
    facts,
    wanted: undefined,
    makefile: undefined,
    ...change,
  });
}

describe('one text, ten causes: the facts decide', () => {
  const cases: readonly [cause: string, release: string, facts: Facts, change?: Partial<Case>][] = [
    ['headers_missing', EL7, serverFacts(EL7)],
    ['headers_dangling_symlink', EL7, serverFacts(EL7, { moduleDirectories: [moduleDirectory(EL7, 'dangling')] })],
    [
      'stale_running_kernel',
      EL7,
      serverFacts(EL7, { moduleDirectories: [moduleDirectory(NEWER, tree(NEWER))], trees: [tree(NEWER)] }),
    ],
    [
      'headers_version_mismatch',
      EL7,
      serverFacts(EL7, {
        moduleDirectories: [moduleDirectory(OLDER, tree(OLDER)), moduleDirectory(EL7)],
        trees: [tree(OLDER)],
      }),
    ],
    [
      'headers_pkg_not_in_repo',
      EL7,
      serverFacts(EL7, { packages: { manager: 'yum', installed: [], available: [`kernel-devel-${NEWER}`] } }),
    ],
    [
      'kernel_headers_not_devel',
      EL7,
      serverFacts(EL7, {
        packages: {
          manager: 'yum',
          installed: [{ name: 'kernel-headers', version: '3.10.0-1160.el7' }],
          available: undefined,
        },
      }),
    ],
    ['custom_kernel_no_headers', '5.10.0-provider', serverFacts('5.10.0-provider')],
    [
      'container_host_kernel',
      EL7,
      serverFacts(EL7, { moduleDirectories: [], environment: { container: 'docker', wsl: false, init: 'sh' } }),
    ],
    [
      'wsl_kernel',
      '5.10.16.3-microsoft-standard-WSL2',
      serverFacts('5.10.16.3-microsoft-standard-WSL2', {
        environment: { container: undefined, wsl: true, init: 'init' },
      }),
    ],
    [
      'makefile_uname_r_hardcoded',
      OLDER,
      serverFacts(EL7),
      { makefile: { usesUname: false, literalReleases: [OLDER] } },
    ],
  ];

  it.each(cases)('%s', (cause, release, facts, change) => {
    const [finding, ...others] = diagnose(release, facts, change);
    expect(finding).toMatchObject({ cause, confidence: 'certain', severity: 'error', alsoPossible: [] });
    expect(others).toEqual([]);
    expect(finding?.evidence[0]).toMatchObject({ source: 'output', line: 2 });
    expect(finding?.evidence.some(({ source }) => source === 'host') || cause === 'wsl_kernel').toBe(true);
  });

  it('names the exact package for this distribution, and how to undo it', () => {
    const remedy = diagnose(EL7, serverFacts(EL7))[0]?.remedies[0];
    expect(remedy).toMatchObject({
      kind: 'command',
      privileged: true,
      commands: [['yum', 'install', '-y', `kernel-devel-${EL7}`]],
    });
    expect(remedy?.undo && render(remedy.undo)).toBe(`To undo: yum remove -y kernel-devel-${EL7}`);
  });

  it('offers the kernel whose headers are here', () => {
    const facts = serverFacts(EL7, {
      trees: [tree(OLDER)],
      moduleDirectories: [moduleDirectory(EL7), moduleDirectory(OLDER, tree(OLDER))],
    });
    expect(diagnose(EL7, facts)[0]?.remedies).toContainEqual(
      expect.objectContaining({ kind: 'target', release: OLDER }),
    );
  });

  it('finds nothing when the host has the directory by now', () => {
    const here = tree(EL7);
    expect(diagnose(EL7, serverFacts(EL7, { trees: [here], moduleDirectories: [moduleDirectory(EL7, here)] }))).toEqual(
      [],
    );
  });
});

describe('the text alone', () => {
  it('is never certain, and names what would decide for each other cause', () => {
    const [finding] = diagnose(EL7, undefined);
    expect(finding).toMatchObject({ cause: 'headers_missing', confidence: 'likely' });
    const others = finding?.alsoPossible.map(({ cause }) => cause);
    expect(others).toEqual(
      expect.arrayContaining(['stale_running_kernel', 'headers_dangling_symlink', 'headers_version_mismatch']),
    );
    expect(finding?.alsoPossible.every(({ decidedBy }) => decidedBy.text.length > 10)).toBe(true);
  });

  it.each([
    ['5.10.16.3-microsoft-standard-WSL2', 'wsl_kernel'],
    ['6.6.12-linuxkit', 'container_host_kernel'],
    ['5.4.104+', 'custom_kernel_no_headers'],
  ])('%s speaks for itself: %s', (release, cause) => {
    expect(diagnose(release, undefined)[0]?.cause).toBe(cause);
  });
});
