// How long the core takes for a paste of 64 KB, warm, as the panel decodes while somebody types: npx tsx test/bench/decode/paste.ts
import { decodeText } from '../../../extension/core/decode/decode';
import { pastes } from './pastes';

const GOAL = 16;
const ROUNDS = 60;

for (const [name, text] of Object.entries(pastes)) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    decodeText(text);
    return performance.now() - start;
  });
  const warm = times.slice(ROUNDS / 2).sort((a, b) => a - b);
  const figures = `${(warm[0] ?? 0).toFixed(1)} ms at best, ${(warm[warm.length >> 1] ?? 0).toFixed(1)} ms in the middle`;
  console.log(`${name.padEnd(18)} ${figures} (goal: under ${GOAL}), ${decodeText(text).length} results`);
}
