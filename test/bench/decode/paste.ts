// How long the core takes for a paste of 64 KB, warm, as the panel decodes while somebody types: npx tsx test/bench/decode/paste.ts
import { decodeText } from '../../../extension/core/decode/decode';
import { pastes, printWarm } from './pastes';

const ROUNDS = 60;

for (const [name, text] of Object.entries(pastes)) {
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now();
    decodeText(text);
    return performance.now() - start;
  });
  printWarm(name, times, `, ${decodeText(text).length} results`);
}
