import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recogniseLine } from '../../../extension/core/explain/recognise';
import { createSymptomReader, readSymptoms } from '../../../extension/core/explain/symptomReader';

describe('what a line of output says', () => {
  it.each([
    ['make: *** /lib/modules/6.1.0/build: No such file or directory.  Stop.', '6.1.0'],
    ['make[1]: *** /lib/modules/5.4.104+/build: No such file or directory.  Stop.', '5.4.104+'],
    ['make: *** /lib/modules/3.10.0-1160.el7.x86_64/build: 没有那个文件或目录。 停止。', '3.10.0-1160.el7.x86_64'],
    ['make[1]: *** /usr/src/kernels/3.10.0-957.el7.x86_64: No such file or directory.  Stop.', '3.10.0-957.el7.x86_64'],
    [
      "make: *** No rule to make target '/lib/modules/6.7.10-200.fc39.x86_64/build', needed by 'modules'.  Stop.",
      '6.7.10-200.fc39.x86_64',
    ],
    ['Your kernel headers for kernel 4.17.6-1.el7.elrepo.x86_64 cannot be found at', '4.17.6-1.el7.elrepo.x86_64'],
  ])('missing build directory: %s', (line, release) => {
    expect(recogniseLine(line, 7)).toMatchObject({ kind: 'missing-build', release, line: 7, source: 'output' });
  });

  it.each([
    ['make[1]: gcc: Command not found', 'gcc'],
    ['/bin/sh: 1: gcc-12: not found', 'gcc-12'],
    ['/bin/sh: /usr/bin/gcc: No such file or directory', '/usr/bin/gcc'],
    ['bash: x86_64-linux-gnu-gcc-12: command not found', 'x86_64-linux-gnu-gcc-12'],
    ['./scripts/gcc-version.sh: line 25: /usr/bin/gcc: No such file or directory', '/usr/bin/gcc'],
    ['make[2]: gcc-12: No such file or directory', 'gcc-12'],
    ['make: gcc：未找到命令', 'gcc'],
    ['make: *** 没有指明目标并且找不到 makefile。 停止。', undefined],
  ])('missing command: %s', (line, command) => {
    const symptom = recogniseLine(line, 1);
    expect(symptom?.kind === 'command-missing' ? symptom.command : undefined).toBe(command);
  });

  it('takes both vermagic texts', () => {
    expect(
      recogniseLine(
        "[12.6] rtw_core: version magic '5.4.209-1-lts54 SMP mod_unload ' should be '5.4.209-1-MANJARO SMP preempt'",
        1,
      ),
    ).toMatchObject({
      kind: 'vermagic',
      module: 'rtw_core',
      built: '5.4.209-1-lts54 SMP mod_unload ',
      running: '5.4.209-1-MANJARO SMP preempt',
    });
  });

  it('says nothing of clean lines', () => {
    const clean = ["make[1]: Entering directory '/usr/src/linux-headers-6.1.0'", 'rm -f *.o', ''];
    expect(clean.map((line) => recogniseLine(line, 1))).toEqual([undefined, undefined, undefined]);
  });
});

describe('reading a whole log', () => {
  it('joins the entered directory and the missing rule into one symptom', () => {
    const log =
      "make[1]: Entering directory '/usr/lib/modules/5.16.15-arch1-1/build'\nmake[1]: *** No rule to make target 'modules'.  Stop.\n";
    expect(readSymptoms(log)).toMatchObject([
      { kind: 'said', sign: 'entered', line: 1 },
      { kind: 'empty-build', release: '5.16.15-arch1-1', line: 2 },
    ]);
  });

  it('reads the same however the text is cut', () => {
    const log =
      'make[1]: gcc: Command not found\n  CC [M]  /root/toa.o\nmake: *** /lib/modules/6.1.0/build: No such file or directory.  Stop.';
    const whole = readSymptoms(log);
    expect(whole.map(({ kind }) => kind)).toEqual(['command-missing', 'compiled', 'missing-build']);
    fc.assert(
      fc.property(fc.array(fc.nat(log.length)), (cuts) => {
        const reader = createSymptomReader();
        const places = [0, ...cuts.sort((a, b) => a - b), log.length];
        places.slice(1).forEach((end, index) => {
          reader.feed(log.slice(places[index], end));
        });
        expect(reader.end()).toEqual(whole);
      }),
    );
  });

  it('never throws, and counts lines right, on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 500 }), (text) => {
        const lines = text.split('\n').length;
        for (const { line } of readSymptoms(text)) expect(line).toBeLessThanOrEqual(lines);
      }),
    );
  });

  it('keeps a bounded number of symptoms of a log without end', () => {
    expect(readSymptoms('make: gcc: Command not found\n'.repeat(10_000))).toHaveLength(100);
  });
});
