import { message, type Message } from '../message';
import { readReport } from './report';

/** Header packages on offer; `undefined` when the host has no cache that could say. Every real repository offers some. */
export type AvailableReading = { readonly available: readonly string[] | undefined } | { readonly problem: Message };

/** Reads the output of `host/available.sh`. Any text is taken. */
export function parseAvailable(text: string): AvailableReading {
  const report = readReport(text, 'toa-available');
  if ('fault' in report) return { problem: message('The host did not list its header packages. Ask again.') };
  const available = report.fields.all('available');
  return { available: available.length > 0 ? available : undefined };
}
