/** What ssh asks while it connects. */
export interface Question {
  /** `host-key`: yes or no; `secret`: a passphrase, password or code; `notice`: nothing to answer, like touching a key. */
  readonly kind: 'host-key' | 'secret' | 'notice';
  /** ssh's own words, without what a terminal would obey. A server can write a part of them. */
  readonly text: string;
}

const LONGEST = 2000;

/** Tells what ssh wants by its prompt, and by SSH_ASKPASS_PROMPT (`confirm`, `none` or nothing) as readpass.c sets it. */
export function questionOf(prompt: string, type: string): Question {
  const text = prompt
    .slice(0, LONGEST)
    .replace(/[\p{Cf}\p{Zl}\p{Zp}]|(?!\n)\p{Cc}/gu, '')
    .trim();
  if (type === 'none') return { kind: 'notice', text };
  const isHostKey = /\(yes\/no(\/\[fingerprint\])?\)\?|Please type 'yes'/.test(text);
  return { kind: isHostKey || type === 'confirm' ? 'host-key' : 'secret', text };
}
