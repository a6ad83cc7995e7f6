import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const FIXTURES = join(import.meta.dirname, '../../fixtures/makefiles');

export function fixture(name: string): string {
  return readFileSync(join(FIXTURES, name), 'utf8');
}

/** The names of all Makefiles among the fixtures. */
export function makefileNames(): readonly string[] {
  return readdirSync(FIXTURES).filter((name) => name.endsWith('.mk'));
}
