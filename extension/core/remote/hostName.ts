import { message, type Message } from '../message';

/** What ssh takes as a destination: a name of its configuration, a host name or an address, perhaps with `user@` before it. */
const NAME = /^[\p{L}\p{N}_][\p{L}\p{N}._~+%:@[\]-]{0,254}$/u;
const ADDRESS = /^\[[0-9A-Fa-f:.]+\]$|^:{1,2}[0-9A-Fa-f:.]+$/;

/**
 * Why a text is no name of a host; `undefined` when it is one. Blanks, quotes and what shells read as their own are refused: a user's
 * ssh configuration may pass the name on to commands (`ProxyCommand … %h`, `Match exec`).
 */
export function hostNameProblem(name: string): Message | undefined {
  if (NAME.test(name) || ADDRESS.test(name)) return undefined;
  return name === ''
    ? message('No host is named.')
    : message('“{name}” is no name of a host: use a name of ~/.ssh/config, a host name, or user@host.', {
        name: printable(name),
      });
}

/** A text in one line, without what a terminal would obey. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '?').slice(0, 80);
}
