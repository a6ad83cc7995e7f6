import { render, type Message, type Say } from './message';

/** An error that tells the user why in one sentence, in the user's language where it is shown; `message` is its English, for logs. */
export class MessageError extends Error {
  override readonly name: string = 'MessageError';
  constructor(
    readonly detail: Message,
    options?: ErrorOptions,
  ) {
    super(render(detail), options);
  }
}

/** Why something failed, for the user. What others threw is in their own words. */
export function reasonOf(error: unknown, say: Say): string {
  const detail = detailOf(error);
  return typeof detail === 'string' ? detail : say(detail);
}

/** The same for a place in another message. */
export function detailOf(error: unknown): Message | string {
  if (error instanceof MessageError) return error.detail;
  const { words, path } = saidBySystem(error);
  return path === undefined ? words : `${path}: ${words}`;
}

/** The same without the file that it is about, where the system names one: for those who name it themselves. */
export function wordsOf(error: unknown): string {
  return saidBySystem(error).words;
}

/** Node puts what the system said between a code and a call: `ENOENT: no such file or directory, open '/x'`. */
function saidBySystem(error: unknown): { readonly words: string; readonly path?: string | undefined } {
  const text = error instanceof Error ? error.message : String(error);
  const [, words = text, path] = /^E[A-Z0-9]+: ([^,]+), \w+(?: '(.*?)')?/s.exec(text) ?? [];
  return { words, path };
}
