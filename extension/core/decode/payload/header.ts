import { LONGEST, SHORTEST } from './client-ip';

/** `PR` of PROXY protocol version 1, and how the signature of version 2 begins. */
const PROXY_1 = 0x5052;
const PROXY_2 = 0x0d0a;
const SMALLEST = 16;

/** Whether a payload may begin with one of the headers that name a client. Quick, and wrong only in saying yes. */
export function mayBeHeader(view: DataView, start: number, end: number): boolean {
  if (start + SMALLEST > end) return false;
  const first = view.getUint16(start);
  if (first === PROXY_1 || first === PROXY_2) return true;
  const length = view.getUint32(start + 4);
  return length >= SHORTEST && length <= LONGEST;
}
