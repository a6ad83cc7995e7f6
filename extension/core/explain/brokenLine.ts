/** A message that seems to go on in the next line. */
export interface BrokenLine {
  readonly text: string;
  /** Where it begins. */
  readonly line: number;
  /** How many lines it has so far. */
  readonly parts: number;
}

/** Terminals and mails break a message into a few lines, not into many. */
const MOST_PARTS = 3;

// Only what a tool says of a failure is put together again.
const MESSAGE =
  /(?:error|Error|ERROR|错误|Fehler|erreur|エラー)\s?[:：!]|\*\*\* |(?:insmod|modprobe|depmod|kernel): |version magic|implicit declaration/;
/** A message ends in a bracket, a quote or a full stop; one that ends in a word may have been broken behind it. */
const OPEN_END = /[\w,:;(‘«„-]$/;
const FULL_END = /(?:Error|Fehler|Erreur|错误|エラー) \d+$/;
/** What begins a line of its own: another message, a command, the source below a message. */
const OWN_LINE =
  /^\s*(?:$|\S{1,200}:\d+:|g?make\b|(?:insmod|modprobe|depmod|gcc|cc1|ld|dkms|bash|sh|error|warning|note|Error|Warning)\b ?[:!]|[A-Z]{2,}\b|\[ *\d|\d* *\||\S{0,80}[$#] )/;

/** The line as the beginning of a message, `undefined` when it is none or is whole. */
export function beginning(text: string, line: number): BrokenLine | undefined {
  const end = text.trimEnd();
  return MESSAGE.test(end) && OPEN_END.test(end) && !FULL_END.test(end) ? { text: end, line, parts: 1 } : undefined;
}

/**
 * The message with one more line of it, in the two ways it may have been broken: at a space, or at the edge of a terminal in the middle of a word.
 * None when the line is one of its own.
 */
export function continued({ text, line, parts }: BrokenLine, next: string): readonly BrokenLine[] {
  if (OWN_LINE.test(next) || parts >= MOST_PARTS) return [];
  return [`${text} ${next.trim()}`, `${text}${next.trimEnd()}`].map((whole) => ({
    text: whole,
    line,
    parts: parts + 1,
  }));
}
