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
  return error instanceof Error ? error.message : String(error);
}
