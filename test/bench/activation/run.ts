// How long the extension takes to start, beside the built-in Git extension in the same windows, by VS Code's own table:
// npm run package && npx tsx test/bench/activation/run.ts [STARTS]
import { editorVersions } from '../../tools/editorHost';
import { measureStarts } from './measure';

async function main(starts: number): Promise<void> {
  for (const version of editorVersions) {
    const { ours, git } = await measureStarts(version, starts, (_, last) => {
      console.log(version, Object.fromEntries(last));
      return false;
    });
    console.log(`${version}: ours ${ours} ms, Git ${git} ms, ${(ours / git).toFixed(3)} of it`);
  }
}

void main(Number(process.argv[2] ?? 3));
