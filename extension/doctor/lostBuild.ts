import type { Facts } from '../core/facts';
import { releaseOfVermagic } from '../core/kernel/vermagic';
import { message, type Message } from '../core/message';
import { unanswered, type Host } from '../host/host';
import { readModules, type BuiltModule } from './builtModules';
import script from './lostBuild.sh';

/** In the environment of every process of a build, so that they are found when the connection broke. */
export const BUILD_MARK = { TOA_DOCTOR_BUILD: 'yes' } as const;

export interface LostBuild {
  /** Processes of a build that still run in the directory. */
  readonly running: number;
  readonly modules: readonly BuiltModule[];
  readonly summary: Message;
}

/** After a broken connection: connects again and looks at what the build has come to. Rejects when the host cannot be reached. */
export async function lookAtLostBuild(
  host: Host,
  directory: string,
  facts: Facts,
  signal?: AbortSignal,
): Promise<LostBuild> {
  const result = await host.script(script, [directory], { timeout: 30_000, ...(signal && { signal }) });
  if (result.outcome !== 'exited') throw unanswered(host, result);
  const running = Number(result.stdout.trim()) || 0;
  const modules = await readModules(host, directory, facts);
  return { running, modules, summary: summaryOf(host.name, directory, running, modules) };
}

function summaryOf(host: string, directory: string, running: number, modules: readonly BuiltModule[]): Message {
  if (running > 0)
    return message(
      '{count} processes of the build still run on {host}; it ends them within a minute. Look again then.',
      {
        count: running,
        host,
      },
    );
  if (modules.length === 0)
    return message('Nothing of the build runs on {host} any more, and no module is in {directory}. Build again.', {
      host,
      directory,
    });
  const described = modules.map(({ name, info }) => {
    const release = info.kind === 'module' ? releaseOfVermagic(info.vermagic) : undefined;
    return `${name} (${release ?? '?'})`;
  });
  return message(
    'Nothing of the build runs on {host} any more. {modules} is there, from this build or an earlier one. Build again to be sure.',
    { host, modules: described.join(', ') },
  );
}
