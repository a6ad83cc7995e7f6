import type { Say } from '../message';
import type { Decoded } from './decoded';

/** A result as the JSON contract has it: {@link Decoded} with its sentences rendered by `say`. */
export function decodedJson({ note, alternative, ...rest }: Decoded, say: Say): object {
  return {
    ...rest,
    ...(note && { note: say(note) }),
    ...(alternative && { alternative: { client: alternative.client, reason: say(alternative.reason) } }),
  };
}
