import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Command, Host } from '../../../extension/host/host';
import { LocalHost } from '../../../extension/host/local';
import { probe, probeAvailable, ProbeError } from '../../../extension/host/probe';

/** A host whose shell is another program: the real thing, behaving badly. */
class OddHost extends LocalHost {
  constructor(private readonly argv: Command['argv']) {
    super();
  }

  override script(_text: string, _args: readonly string[], options: Omit<Command, 'argv' | 'stdin'> = {}) {
    return this.run({ ...options, argv: this.argv });
  }
}

/** The one line with which probing fails. */
async function failureOf(host: Host, signal?: AbortSignal): Promise<string> {
  const error: unknown = await probe(host, { headerDirectories: [], ...(signal && { signal }) }).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ProbeError)) throw new Error('it did not fail with a ProbeError');
  expect(error.message).not.toMatch(/[\n{}]/);
  return error.message;
}

describe('probe', () => {
  it('gives the facts of this machine, and the trees it is pointed to', async () => {
    const tree = await mkdtemp(join(tmpdir(), 'my tree-'));
    try {
      const facts = await probe(new LocalHost(), { headerDirectories: [tree] });
      expect(facts.kernel.release).toMatch(/^\d+\.\d+/);
      expect(facts.user.uid).toBe(process.getuid?.());
      expect(facts.trees.map(({ path }) => path)).toContain(tree);
    } finally {
      await rm(tree, { recursive: true });
    }
  });

  it.each<[string, Command['argv'], string]>([
    ['no shell', ['no-such-shell'], 'localhost could not be probed: no-such-shell is not installed, or not in PATH'],
    [
      'a shell that does nothing',
      ['true'],
      'The host did not run the probe: its output holds no report. Check that sh runs there.',
    ],
    [
      'a shell that ends early',
      ['printf', 'Welcome!\ntoa-probe-begin 1\nkernel.system=Linux\n'],
      'The report of the host is cut off: the connection or the shell ended too early. Probe again.',
    ],
    ['a shell that is killed', ['sh', '-c', 'kill -KILL $$'], 'The probe of localhost was ended by SIGKILL.'],
    [
      'endless output',
      ['sh', '-c', 'yes | head -c 20000000'],
      'The report of localhost is too long to be one of the probe.',
    ],
  ])('%s', async (_, argv, expected) => {
    expect(await failureOf(new OddHost(argv))).toBe(expected);
  });

  it('can be cancelled', async () => {
    expect(await failureOf(new LocalHost(), AbortSignal.abort())).toBe('The probe of localhost was cancelled.');
  });
});

describe('probeAvailable', () => {
  it('lists header packages, or does not know', async () => {
    const available = await probeAvailable(new LocalHost());
    expect(available ?? ['linux-headers']).toEqual(
      expect.arrayContaining([expect.stringMatching(/headers|devel|-dev/)]),
    );
  });

  it('fails with one line', async () => {
    await expect(probeAvailable(new OddHost(['true']))).rejects.toThrow('The host did not list its header packages.');
  });
});
