// What was really said, kept so that the explanations are tested on it in milliseconds (test/unit/explain/provoked.test.ts).
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Facts } from '../../extension/core/facts';
import { root } from '../tools/project';

const FIXTURES = join(root, 'test/fixtures/explain');

/** `TOA_DOCTOR_UPDATE=1` keeps what the tests provoke as the fixtures. */
const isUpdate = process.env['TOA_DOCTOR_UPDATE'] === '1';

export interface Provoked {
  readonly cause?: string;
  readonly variant?: string;
}

/** `headers_missing.yum`; `clean.…` where nothing is wrong. */
export const fixtureName = ({ cause = 'clean', variant }: Provoked): string =>
  variant === undefined ? cause : `${cause}.${variant}`;

/** Keeps an output, and the facts where they decide, if this run is to update the fixtures. */
export async function keep(one: Provoked, output: string, facts?: Facts): Promise<void> {
  if (!isUpdate) return;
  await mkdir(FIXTURES, { recursive: true });
  const path = join(FIXTURES, fixtureName(one));
  await writeFile(`${path}.txt`, output);
  if (facts !== undefined) await writeFile(`${path}.facts.json`, `${JSON.stringify(facts, undefined, 1)}\n`);
}
