// `npm run docs`: writes docs/causes from the engine; pages of causes that are gone go too.
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directory, pages } from './pages';

mkdirSync(directory, { recursive: true });
const wanted = pages();
for (const name of readdirSync(directory)) if (!wanted.has(name)) rmSync(join(directory, name));
for (const [name, text] of wanted) writeFileSync(join(directory, name), text);
console.log(`${directory}: ${wanted.size} pages`);
