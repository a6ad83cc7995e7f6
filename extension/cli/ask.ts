import { createInterface } from 'node:readline/promises';
import type { Io } from './io';

/** Whether a person sits at the terminal. */
export function canAsk({ stdin }: Io): boolean {
  return 'isTTY' in stdin && stdin.isTTY === true;
}

/** Asks a question; gives the first letter of the answer, in lower case. */
export async function ask({ stdin, stderr }: Io, question: string): Promise<string> {
  const terminal = createInterface({ input: stdin, output: stderr });
  try {
    return (await terminal.question(question)).trim().slice(0, 1).toLowerCase();
  } finally {
    terminal.close();
  }
}
