import type { EditRemedy, Finding } from '../core/explain/finding';
import { filesToRepair, repairFile, type SourceFiles } from '../core/explain/repairs';
import type { Host } from '../host/host';

/** No source that people write is larger. */
const SOURCE_LIMIT = 4 * 1024 * 1024;

/** Adds to each finding the edits that repair the module's own files. A file that cannot be read has none. */
export async function withRepairs(
  host: Host,
  findings: readonly Finding[],
  files: SourceFiles,
  release: string | undefined,
): Promise<readonly Finding[]> {
  return Promise.all(
    findings.map(async (finding) => {
      const found = await Promise.all(
        filesToRepair(finding, files).map((path) => repairOf(host, finding, path, release)),
      );
      const repairs = found.filter((repair) => repair !== undefined);
      return repairs.length === 0 ? finding : { ...finding, remedies: [...repairs, ...finding.remedies] };
    }),
  );
}

async function repairOf(
  host: Host,
  finding: Finding,
  path: string,
  release: string | undefined,
): Promise<EditRemedy | undefined> {
  const bytes = await host.readFile(path, SOURCE_LIMIT).catch(() => undefined);
  return bytes && repairFile(finding, { path, text: new TextDecoder().decode(bytes) }, release);
}
