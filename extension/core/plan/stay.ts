import type { Facts, ModuleDirectory } from '../facts';
import { releaseOfVermagic } from '../kernel/vermagic';
import { message, type Message } from '../message';
import { isReadAtBoot } from './autoload';
import { bootable } from './target';

/** Whether the module will be there after a reboot into one kernel. */
export interface Stay {
  readonly release: string;
  readonly running: boolean;
  readonly verdict: 'yes' | 'no' | 'unsure';
  readonly reason: Message;
}

/** "Will it be there after a reboot into kernel X?", for each kernel that the host can boot. */
export function stays(facts: Facts): readonly Stay[] {
  return bootable(facts).map((directory) => {
    const answer = stayIn(directory, facts);
    return { release: directory.release, running: directory.release === facts.kernel.release, ...answer };
  });
}

function stayIn({ path, release }: ModuleDirectory, { toa, trees }: Facts): Pick<Stay, 'verdict' | 'reason'> {
  const file = toa.files.find((one) => one.path.startsWith(`${path}/`));
  if (file === undefined) return { verdict: 'no', reason: withoutFile(release, toa, trees) };
  const built = releaseOfVermagic(file.vermagic);
  if (!toa.autoload.some(isReadAtBoot)) return withoutList(file.path, toa);
  if (built !== undefined && built !== release && !file.path.includes('/weak-updates/'))
    return {
      verdict: 'unsure',
      reason: message('{path} was built for {built}: {release} may refuse it.', { path: file.path, built, release }),
    };
  return { verdict: 'yes', reason: message('{path} is loaded at boot.', { path: file.path }) };
}

/** No file of those that are read at every boot names the module. */
function withoutList(path: string, { autoload, idleAutoload = [] }: Facts['toa']): Pick<Stay, 'verdict' | 'reason'> {
  const script = autoload.find((one) => one.endsWith('.local'));
  if (script !== undefined)
    return {
      verdict: 'unsure',
      reason: message('{script} loads it late, if the path in it is right for this kernel.', { script }),
    };
  const [idle] = idleAutoload;
  const reason =
    idle === undefined
      ? message('{path} is there, and nothing loads it at boot.', { path })
      : message('{script} names the module and is not executable: nothing runs it at boot.', { script: idle });
  return { verdict: 'no', reason };
}

function withoutFile(release: string, toa: Facts['toa'], trees: Facts['trees']): Message {
  if (!toa.files.some(({ path }) => path.includes('/dkms/')))
    return message('{release} has no copy of the module. Install it for that kernel too.', { release });
  return trees.some((tree) => tree.release === release)
    ? message('dkms has not built it for {release}: run dkms autoinstall -k {release}.', { release })
    : message('dkms cannot build it for {release}, whose headers are missing.', { release });
}
