// Where things lie in the checkout, for the tools and the tests.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout's root directory. */
export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** The packaged extension, as `npm run package` or the build part of `npm test` leaves it. */
export const vsix = join(root, 'dist/toa-doctor.vsix');

/** `publisher.name` of the extension, from package.json. */
export function extensionId(): string {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { publisher?: string; name: string };
  return `${manifest.publisher ?? 'undefined_publisher'}.${manifest.name}`;
}
