// The packaged extension in a clean profile starts in a fraction of the time that the built-in Git extension takes in the same window, by the
// table of "Developer: Startup Performance".
import { expect, it } from 'vitest';
import { measureStarts } from '../bench/activation/measure';
import { editorVersions } from '../tools/editorHost';

const SHARE = 1 / 5;
/** A busy machine slows a start now and then, never all of them. */
const STARTS = 5;

it.each(editorVersions)('in %s: at most a fifth', async (version) => {
  const { ours, git } = await measureStarts(version, STARTS, (best) => best.ours <= best.git * SHARE);
  expect(ours / git).toBeLessThanOrEqual(SHARE);
});
