// What kernel/option.h must answer, told by core/decode alone.
import { DIALECTS, type Dialect } from '../../../extension/core/decode/dialects';
import { walkOptions } from '../../../extension/core/decode/options';
import { dialectOf } from '../../../extension/core/decode/reading';

/** An answer's size: what was found, the port, the address; network byte order. */
export const ANSWER = 19;

const [NONE, MALFORMED, CLIENT] = [0, 1, 2];

/** The kinds that the module reads unless told otherwise. */
export const KINDS: readonly number[] = [200, 254];

const READ = DIALECTS.filter(({ name, kind }) => (name === 'toa-v4' || name === 'toa-v6') && KINDS.includes(kind));

function place({ fields }: Dialect, role: 'port' | 'address'): { readonly offset: number; readonly length: number } {
  const field = fields.find((one) => one.role === role);
  if (field === undefined) throw new Error(`A client without ${role}.`);
  return field;
}

/** An IPv4 client is answered as ::ffff:a.b.c.d, like the module keeps it. */
function clientAnswer(bytes: Uint8Array, start: number, dialect: Dialect): Uint8Array {
  const [port, address] = [place(dialect, 'port'), place(dialect, 'address')];
  const answer = new Uint8Array(ANSWER);
  answer[0] = CLIENT;
  answer.set(bytes.subarray(start + port.offset, start + port.offset + port.length), 1);
  if (address.length === 4) answer.fill(0xff, 3 + 10, 3 + 12);
  answer.set(bytes.subarray(start + address.offset, start + address.offset + address.length), ANSWER - address.length);
  return answer;
}

/** The first option of a known kind and length wins; one of another length, or options that cannot be walked, are malformed. */
export function expectedAnswer(options: Uint8Array): Uint8Array {
  const walk = walkOptions(options, 0, options.length);
  for (const option of walk.options) {
    const dialect = dialectOf(options, option, READ);
    if (dialect !== undefined) return clientAnswer(options, option.start, dialect);
  }
  const wrong = walk.end === 'malformed' || walk.options.some(({ kind }) => KINDS.includes(kind));
  return Uint8Array.of(wrong ? MALFORMED : NONE, ...new Uint8Array(ANSWER - 1));
}
