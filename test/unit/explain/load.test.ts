import { describe, expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import type { OtherKernel, Symptom } from '../../../extension/core/explain/symptom';
import { moduleDirectory, serverFacts, tree } from '../support/facts';

const RUNNING = '6.1.0-50-amd64';
const OTHER = '6.1.0-47-amd64';

function text(output: string, facts = undefined as ReturnType<typeof serverFacts> | undefined) {
  return explain({ symptoms: readSymptoms(output), facts, wanted: undefined, makefile: undefined });
}

const otherKernel: OtherKernel = {
  kind: 'other-kernel',
  module: 'toa.ko',
  vermagic: `${OTHER} SMP preempt mod_unload modversions`,
  built: OTHER,
  wanted: RUNNING,
  stale: false,
  line: 0,
  text: `toa.ko: vermagic ${OTHER}`,
  source: 'host',
};

function afterMake(symptom: Symptom, facts = serverFacts(RUNNING)) {
  return explain({ symptoms: [symptom], facts, wanted: undefined, makefile: undefined });
}

describe('a module for another kernel', () => {
  it('a linked tree of another kernel is named with the link and the release inside', () => {
    const wrong = tree(OTHER, `/usr/src/linux-headers-${OTHER}`);
    const facts = serverFacts(RUNNING, { trees: [wrong], moduleDirectories: [moduleDirectory(RUNNING, wrong)] });
    const [finding] = afterMake(otherKernel, facts);
    expect(finding).toMatchObject({ cause: 'headers_version_mismatch', confidence: 'certain', severity: 'error' });
    expect(finding?.evidence.map((one) => one.text)).toContain(`${wrong.path}: UTS_RELEASE "${OTHER}"`);
  });

  it('offers to mend the link when the right tree is on the host', () => {
    const wrong = tree(OTHER, `/usr/src/linux-headers-${OTHER}`);
    const right = tree(RUNNING, `/usr/src/linux-headers-${RUNNING}`);
    const facts = serverFacts(RUNNING, { trees: [wrong, right], moduleDirectories: [moduleDirectory(RUNNING, wrong)] });
    expect(afterMake(otherKernel, facts)[0]?.remedies[0]).toMatchObject({
      kind: 'command',
      commands: [['ln', '-sfn', right.path, `/lib/modules/${RUNNING}/build`]],
    });
  });

  it('objects that make left alone are stale', () => {
    expect(afterMake({ ...otherKernel, stale: true })[0]).toMatchObject({
      cause: 'stale_build_artifacts',
      confidence: 'certain',
      remedies: [{ commands: [['make', 'clean']], inSource: true }],
    });
  });

  it('a pinned kernel that the Makefile ignores is the Makefile’s fault', () => {
    const findings = explain({
      symptoms: [{ ...otherKernel, built: RUNNING, wanted: OTHER }],
      facts: serverFacts(RUNNING),
      wanted: OTHER,
      makefile: { usesUname: true, literalReleases: [] },
    });
    expect(findings[0]?.cause).toBe('makefile_uname_r_hardcoded');
  });
});

describe('what the kernel says', () => {
  const dmesg = `toa: version magic '${OTHER} SMP preempt mod_unload ' should be '${RUNNING} SMP preempt mod_unload '\n`;

  it('vermagic', () => {
    expect(text(dmesg)[0]).toMatchObject({ cause: 'vermagic_mismatch', confidence: 'likely' });
  });

  it('vermagic after a make that compiled nothing: stale objects, and vermagic as the other reading', () => {
    const [finding] = text(`  Building modules, stage 2.\n  MODPOST 1 modules\n${dmesg}`);
    expect(finding).toMatchObject({ cause: 'stale_build_artifacts', alsoPossible: [{ cause: 'vermagic_mismatch' }] });
  });

  it('vermagic after a make that compiled: not stale', () => {
    expect(text(`  CC [M]  /root/toa.o\n  MODPOST 1 modules\n${dmesg}`)[0]?.cause).toBe('vermagic_mismatch');
  });
});

describe('a compiler that is not there', () => {
  it('names the versioned package on Debian', () => {
    const facts = serverFacts(RUNNING, { packages: { manager: 'apt', installed: [], available: undefined } });
    const [finding] = text('/bin/sh: 1: gcc-12: not found\n', facts);
    expect(finding).toMatchObject({ cause: 'compiler_not_found', confidence: 'certain' });
    expect(finding?.remedies[0]).toMatchObject({ commands: [['apt-get', 'install', '-y', 'gcc-12']] });
  });

  it('another missing command is no compiler', () => {
    expect(text('/bin/sh: 1: wget: not found\n')).toEqual([]);
    expect(text('/bin/sh: 1: bc: not found\n')[0]?.cause).toBe('missing_bc');
  });
});

describe('a package manager that has not the headers', () => {
  it.each([
    ['E: Unable to locate package linux-headers-5.4.0-42-generic', 'linux-headers-5.4.0-42-generic'],
    ['No package kernel-devel-3.10.0-957.el7.x86_64 available.', 'kernel-devel-3.10.0-957.el7.x86_64'],
    ['Error: Unable to find a match: kernel-devel-4.18.0-1.el8', 'kernel-devel-4.18.0-1.el8'],
  ])('%s', (line, name) => {
    expect(text(`${line}\n`)[0]).toMatchObject({
      cause: 'headers_pkg_not_in_repo',
      title: { values: { package: name } },
    });
  });
});

describe('the disk and the rights', () => {
  it('a full disk and a directory that may not be written', () => {
    expect(text('fatal error: error writing to /tmp/cc1.s: No space left on device\n')[0]?.cause).toBe('disk_full');
    expect(text('/bin/sh: 1: cannot create /root/toa/.toa.o.d: Permission denied\n')[0]?.cause).toBe(
      'directory_not_writable',
    );
  });
});
