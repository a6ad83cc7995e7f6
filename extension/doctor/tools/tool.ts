import type { Host } from '../../host/host';

/** What a language model may ask of this product: read-only, the same in the editor and over MCP. */
export interface Tool {
  readonly name: string;
  /** English, for the model: what it gets, and when to ask. */
  readonly description: string;
  /** Its inputs, name to description: all of them texts, and all needed. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Whether it runs commands on the host. */
  readonly asksHost: boolean;
  /** Gives a JSON value, sentences in English. Rejects with one line when an input is missing, or the host can't be asked. */
  readonly run: (input: unknown, host: Host) => Promise<unknown>;
}

/** Characters that one call may bring: a model's context holds no more, and no call is to block the editor. */
const MOST_TEXT = 1_000_000;

/** The text `name` of a call's input. */
export function textOf(input: unknown, name: string): string {
  const value: unknown =
    typeof input === 'object' && input !== null ? Object.entries(input).find(([key]) => key === name)?.[1] : undefined;
  if (typeof value !== 'string') throw new Error(`${name} is missing: give it as a string`);
  if (value.length > MOST_TEXT) {
    throw new Error(
      `${name} has ${value.length} characters, ${MOST_TEXT} are read; use the toa-doctor command for files`,
    );
  }
  return value;
}
