import { u16, u8 } from '../bytes';
import { meetsClientIp } from './client-ip';

/** Whether a payload may begin with one of the headers that name a client. Quick, and wrong only in saying yes. */
export function mayBeHeader(bytes: Uint8Array, start: number, end: number): boolean {
  if (start + 16 > end) return false;
  const first = u16(bytes, start);
  return first === 0x5052 || first === 0x0d0a || (u8(bytes, start + 4) === 0 && meetsClientIp(bytes, start, end));
}
