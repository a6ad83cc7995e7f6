import type { Span } from '../text';
import { isBlank, isSpace } from './characters';

/** Whose rules a stretch follows: a make value, a recipe line, or shell text such as dkms.conf. */
export type Dialect = 'value' | 'recipe' | 'shell';

/** The words of one command or of one argument of a make function, in order. Quotes belong to their word. */
export type Command = readonly Span[];

/** `$(NAME)`, `${NAME}` or `$X`. */
export interface Reference extends Span {
  readonly name: string;
}

/** A command whose output takes its place: `` `…` ``, `$(shell …)`, or `$$(…)`. */
export interface Substitution extends Span {
  readonly inner: Span;
}

/** All words, references (by their start) and substitutions of a stretch, those inside others too. */
export interface Scan {
  readonly commands: readonly Command[];
  readonly references: readonly Reference[];
  readonly substitutions: readonly Substitution[];
}

/** Reads a stretch of text once, from left to right, with a stack of its own. */
export function scan(text: string, span: Span, dialect: Dialect): Scan {
  return new Scanner(text, span, dialect).run();
}

type FrameKind = 'text' | 'make' | 'shell' | 'backtick' | 'group';

/** A bracket, or the whole stretch, that is being read. */
interface Frame {
  readonly kind: FrameKind;
  readonly open: string;
  readonly close: string;
  readonly start: number;
  readonly inner: number;
  words: Span[];
  /** Where the word being read starts; -1 between words. */
  word: number;
  quote: string;
  /** The make function of this bracket, such as `shell`. */
  function: string;
  functionEnd: number;
}

const LONGEST_NAME = 200;
/** Brackets nested deeper than this are read as plain text: no Makefile has them, and each costs memory. */
const DEEPEST = 100;

class Scanner {
  private readonly commands: Command[] = [];
  private readonly references: Reference[] = [];
  private readonly substitutions: Substitution[] = [];
  private readonly frames: Frame[] = [];
  private openBackticks = 0;
  private at: number;
  private top: Frame;

  constructor(
    private readonly text: string,
    private readonly span: Span,
    private readonly dialect: Dialect,
  ) {
    this.at = span.start;
    this.top = frame('text', '(', '', span.start, span.start);
    this.frames.push(this.top);
  }

  run(): Scan {
    while (this.at < this.span.end) this.step(this.text.charAt(this.at));
    this.at = Math.min(this.at, this.span.end);
    while (this.frames.length > 0) this.leave(this.at, false);
    const references = this.references.sort((a, b) => a.start - b.start);
    return { commands: this.commands, references, substitutions: this.substitutions };
  }

  private step(character: string): void {
    if (character === '\\') this.backslash();
    else if (character === '$') this.dollar();
    else if (character === '`') this.backtick();
    else if (this.closesFrame(character)) this.leave(this.at, true);
    else if (character === '"' || character === "'") this.quote(character);
    else if (character === '\n') this.newline();
    else if (this.top.quote !== '') this.at++;
    else this.unquoted(character);
  }

  private closesFrame(character: string): boolean {
    return character === this.top.close && (this.top.quote === '' || this.top.kind === 'make');
  }

  private unquoted(character: string): void {
    if (character === this.top.open) this.enter('group', character, character === '(' ? ')' : '}', 1);
    else if (character === '#' && this.startsComment()) this.skipComment();
    else {
      if (this.isOperator(character)) this.endCommand();
      else if (isBlank(character) || '<>)'.includes(character)) this.endWord();
      else this.beginWord();
      this.at++;
    }
  }

  private isOperator(character: string): boolean {
    if (character === ',') return this.top.kind === 'make';
    return character === ';' || character === '&' || character === '|';
  }

  /** A backslash line end separates words; another backslash protects the next character from meaning something. */
  private backslash(): void {
    const { text, at } = this;
    const lineEnd = text.startsWith('\\\n', at) ? 2 : text.startsWith('\\\r\n', at) ? 3 : 0;
    if (lineEnd > 0) {
      if (this.top.quote === '') this.endWord();
      this.at += lineEnd;
      return;
    }
    this.beginWord();
    this.at += '\\`"\''.includes(text.charAt(at + 1)) ? 2 : 1;
  }

  private dollar(): void {
    this.beginWord();
    const next = this.text.charAt(this.at + 1);
    const afterNext = this.text.charAt(this.at + 2);
    if (this.dialect === 'shell') {
      if (next === '(') this.enter('shell', '(', ')', 2);
      else if (next === '{') this.enter('make', '{', '}', 2);
      else this.at++;
    } else if (next === '(') this.enter('make', '(', ')', 2);
    else if (next === '{') this.enter('make', '{', '}', 2);
    else if (next === '$' && afterNext === '(') this.enter('shell', '(', ')', 3);
    else this.letter(next);
  }

  private letter(name: string): void {
    if (/^\w$/.test(name)) this.references.push({ start: this.at, end: this.at + 2, name });
    this.at += name === '' || isSpace(name) ? 1 : 2;
  }

  private backtick(): void {
    if (this.openBackticks === 0) {
      this.beginWord();
      this.enter('backtick', '(', '`', 1);
      return;
    }
    while (this.top.kind !== 'backtick') this.leave(this.at, false);
    this.leave(this.at, true);
  }

  private quote(character: string): void {
    const { top } = this;
    this.beginWord();
    if (top.quote === '') top.quote = character;
    else if (top.quote === character) top.quote = '';
    this.at++;
  }

  private newline(): void {
    this.top.quote = '';
    this.endCommand();
    this.at++;
  }

  private startsComment(): boolean {
    if (this.dialect === 'value' || this.top.kind === 'make') return false;
    const { word } = this.top;
    return word < 0 || (this.at - word <= 3 && /^[@+-]+$/.test(this.text.slice(word, this.at)));
  }

  private skipComment(): void {
    this.top.word = -1;
    const newline = this.text.indexOf('\n', this.at);
    this.at = newline < 0 ? this.span.end : Math.min(newline, this.span.end);
  }

  private enter(kind: FrameKind, open: string, close: string, width: number): void {
    if (this.frames.length > DEEPEST) {
      this.beginWord();
      this.at += width;
      return;
    }
    if (kind === 'backtick') this.openBackticks++;
    this.top = frame(kind, open, close, this.at, this.at + width);
    this.frames.push(this.top);
    this.at += width;
  }

  /** Ends the innermost bracket at `end`; `closed` when its closing character stands there. */
  private leave(end: number, closed: boolean): void {
    const left = this.top;
    this.endCommand();
    if (left.kind === 'backtick') this.openBackticks--;
    const span = { start: left.start, end: closed ? end + 1 : end };
    if (left.kind === 'make') this.leaveReference(left, span, end);
    else if (left.kind === 'shell' || left.kind === 'backtick') this.addSubstitution(span, left.inner, end);
    if (closed) this.at = end + 1;
    this.frames.pop();
    this.top = this.frames.at(-1) ?? left;
  }

  private leaveReference(left: Frame, span: Span, end: number): void {
    if (left.function === 'shell') this.addSubstitution(span, left.functionEnd, end);
    else if (left.function === '' && end - left.inner <= LONGEST_NAME) {
      const name = /^[^\s:$(){}#,=]+/.exec(this.text.slice(left.inner, end))?.[0];
      if (name !== undefined) this.references.push({ ...span, name });
    }
  }

  private addSubstitution(span: Span, innerStart: number, innerEnd: number): void {
    this.substitutions.push({ ...span, inner: { start: innerStart, end: innerEnd } });
  }

  private beginWord(): void {
    if (this.top.word < 0) this.top.word = this.at;
  }

  private endWord(): void {
    const { top } = this;
    if (top.word < 0) return;
    const word = { start: top.word, end: this.at };
    top.word = -1;
    if (top.kind === 'make' && top.function === '' && this.namesFunction(top, word)) {
      top.function = this.text.slice(word.start, word.end);
      top.functionEnd = word.end;
    } else top.words.push(word);
  }

  /** The first word of `$(shell …)`, which a blank follows. */
  private namesFunction(top: Frame, word: Span): boolean {
    if (word.start !== top.inner || top.words.length > 0 || !isBlank(this.text.charAt(word.end))) return false;
    return word.end - word.start <= 16 && /^[a-z-]+$/.test(this.text.slice(word.start, word.end));
  }

  private endCommand(): void {
    this.endWord();
    const { top } = this;
    if (top.words.length > 0) this.commands.push(top.words);
    top.words = [];
  }
}

function frame(kind: FrameKind, open: string, close: string, start: number, inner: number): Frame {
  return { kind, open, close, start, inner, words: [], word: -1, quote: '', function: '', functionEnd: inner };
}
