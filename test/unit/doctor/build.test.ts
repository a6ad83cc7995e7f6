// doctor/build with a real make on small Makefiles; the builds on real kernel headers are in test/headers.
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { build, type BuildReport, type BuildRequest } from '../../../extension/doctor/build';
import { render } from '../../../extension/core/message';
import { LocalHost } from '../../../extension/host/local';
import { serverFacts } from '../support/facts';
import { asOrdinaryUser } from '../support/ordinaryUser';

const made: string[] = [];
function directoryWith(makefile: string | undefined): string {
  const directory = mkdtempSync(join(tmpdir(), 'toa-doctor-build-'));
  made.push(directory);
  if (makefile !== undefined) writeFileSync(join(directory, 'Makefile'), makefile);
  return directory;
}
afterEach(() => {
  for (const directory of made.splice(0)) rmSync(directory, { recursive: true, force: true });
});

function run(directory: string, change: Partial<BuildRequest> = {}): Promise<BuildReport> {
  const request = { directory, facts: serverFacts('6.1.0-1-amd64'), wanted: undefined, timeout: 60_000, ...change };
  return build(new LocalHost(), request);
}

const processesIn = (directory: string): readonly string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readlinkSync(join('/proc', pid, 'cwd')) === directory;
    } catch {
      return false;
    }
  });

describe('a build that does not end by itself', () => {
  const HANGS = 'all:\n\t@echo started > started; sleep 1000\n';

  it('is stopped at its time limit, with all it started', async () => {
    const directory = directoryWith(HANGS);
    const report = await run(directory, { timeout: 1500 });
    expect(report.outcome).toBe('timed-out');
    expect(render(report.summary)).toMatch(/^The build did not end within/);
    expect(processesIn(directory)).toEqual([]);
  });

  it('is cancelled, and says so without a finding', async () => {
    const directory = directoryWith(HANGS);
    const cancel = new AbortController();
    const running = run(directory, { signal: cancel.signal });
    while (!existsSync(join(directory, 'started'))) await new Promise((resolve) => setTimeout(resolve, 20));
    cancel.abort();
    expect(await running).toMatchObject({ outcome: 'cancelled', findings: [] });
    expect(processesIn(directory)).toEqual([]);
  });
});

describe('what is shown while it runs', () => {
  it('is the command before it runs, and then every byte of output', async () => {
    const events: string[] = [];
    const directory = directoryWith('all:\n\t@printf out; printf err >&2; printf "ümlaut\\n"\n');
    await run(directory, {
      onStart: ({ argv }) => events.push(`start ${argv.join(' ')}`),
      onOutput: (text) => events.push(text),
    });
    expect(events[0]).toBe('start make');
    expect(events.slice(1).join('').split('').sort()).toEqual('outerrümlaut\n'.split('').sort());
  });
});

describe('failures without a known cause', () => {
  it('are reported by the first error line, and how often lines of the two streams mix does not matter', async () => {
    const report = await run(directoryWith('all:\n\t@echo "demo.c:3:1: error: unknown type name" >&2; exit 3\n'));
    expect(report).toMatchObject({ outcome: 'failed', findings: [] });
    expect(render(report.summary)).toBe('make failed: demo.c:3:1: error: unknown type name');
  });

  it('a Makefile that checks for the headers in words of its own is explained by the way it takes', async () => {
    const check = '@test -e $(KDIR)/Makefile || { echo nothing there; exit 1; }';
    const report = await run(
      directoryWith(
        `KDIR ?= /lib/modules/6.1.0-1-amd64/build\nall: check\n\t$(MAKE) -C $(KDIR) M=$(CURDIR)\ncheck:\n\t${check}\n`,
      ),
    );
    expect(report).toMatchObject({
      outcome: 'failed',
      findings: [{ cause: 'headers_missing', confidence: 'certain' }],
    });
  });

  it('a Makefile with an error of its own is explained at its line', async () => {
    const report = await run(directoryWith('all:\n    echo spaces instead of a tab\n'));
    expect(report).toMatchObject({ outcome: 'failed', findings: [{ cause: 'makefile_missing_separator' }] });
    expect(report.findings[0]?.evidence[0]?.text).toMatch(/^Makefile:2: \*\*\* missing separator/);
  });

  it('a Makefile that may not be read', async () => {
    const directory = directoryWith('all:\n');
    chmodSync(directory, 0o755);
    chmodSync(join(directory, 'Makefile'), 0);
    const { outcome, summary } = await asOrdinaryUser(() => run(directory));
    expect(outcome).toBe('refused');
    expect(render(summary)).toMatch(/Makefile cannot be read: permission denied/);
  });

  it('a Makefile that is a directory', async () => {
    const directory = directoryWith(undefined);
    mkdirSync(join(directory, 'Makefile'));
    expect((await run(directory)).outcome).toBe('refused');
  });
});
