// `npm run package`, after the build: writes dist/toa-doctor.vsix and says its size and hash.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { pack } from './pack';
import { root, vsix } from './project';

pack(root, vsix).then(
  () => {
    const content = readFileSync(vsix);
    const hash = createHash('sha256').update(content).digest('hex');
    console.log(`${vsix}: ${content.length} bytes, sha256 ${hash}`);
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  },
);
