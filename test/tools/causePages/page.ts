// One cause's page, as Markdown.
import type { CommandRemedy, Finding, Remedy } from '../../../extension/core/explain/finding';
import { causePageFile } from '../../../extension/core/explain/causePage';
import { render, type Message } from '../../../extension/core/message';
import { shellText } from '../../../extension/core/shellText';
import type { Example } from './examples';
import { excerptOf } from './excerpt';
import { WORDS, type Language, type Words } from './words';

export interface Speech {
  readonly language: Language;
  readonly translate: (english: string) => string;
}

/** The page of a cause by its examples, the best first. */
export function causePage(cause: string, examples: readonly [Example, ...Example[]], speech: Speech): string {
  const words = WORDS[speech.language];
  const [first, ...others] = differing(examples);
  const say = sayer(speech);
  return paragraphs(
    `<!-- ${words.generated} -->`,
    `# ${generalTitle(first.finding, speech)}`,
    `${words.severity[first.finding.severity]} · \`${cause}\` · ${navigation(cause, speech)}`,
    general(first.finding.explanation, speech),
    `## ${words.looksLike}`,
    ...shown(first, words),
    `## ${words.tellsApart}`,
    say(first.finding.decidedBy),
    alternatives(examples, speech),
    `## ${words.remedies}`,
    remedies(examples, speech),
    ...others.flatMap((example) => [
      `## ${words.also}`,
      ...(example.finding.title.text === first.finding.title.text
        ? []
        : [`**${generalTitle(example.finding, speech)}**`]),
      general(example.finding.explanation, speech),
      ...shown(example, words),
    ]),
  );
}

const paragraphs = (...blocks: readonly string[]): string => `${blocks.filter((block) => block !== '').join('\n\n')}\n`;

/** To the list of causes and to the other language. */
function navigation(cause: string, { language }: Speech): string {
  const other = language === 'en' ? 'zh-cn' : 'en';
  return `[${WORDS[language].all}](${causePageFile('README', language)}) · [${WORDS[other].name}](${causePageFile(cause, other)})`;
}

/** The examples that are told in other words. */
function differing([first, ...others]: readonly [Example, ...Example[]]): readonly [Example, ...Example[]] {
  const sentences = ({ finding: { title, explanation } }: Example): string => `${title.text}\n${explanation.text}`;
  return [first, ...firstOfEach([first, ...others], sentences).slice(1)];
}

function shown({ output, isRecorded, finding }: Example, words: Words): readonly string[] {
  const onHost = finding.evidence.filter(({ source }) => source === 'host').map(({ text }) => text);
  return [
    isRecorded ? words.recorded : words.written,
    fenced('text', excerptOf(output, finding)),
    ...(onHost.length === 0 ? [] : [words.onHost, fenced('text', onHost)]),
  ];
}

function alternatives(examples: readonly Example[], { language, translate }: Speech): string {
  const words = WORDS[language];
  const all = firstOfEach(
    examples.flatMap((example) => example.alternatives),
    ({ cause }) => cause,
  );
  if (all.length === 0) return '';
  const rows = all.map(
    ({ cause, decidedBy }) =>
      `| [${cause}](${causePageFile(cause, language)}) | ${inCell(plain(render(decidedBy, translate)))} |`,
  );
  return [words.insteadOf, '', `| ${words.cause} | ${words.shownBy} |`, '| --- | --- |', ...rows].join('\n');
}

function remedies(examples: readonly Example[], speech: Speech): string {
  const all = firstOfEach(
    examples.flatMap(({ finding }) => finding.remedies),
    kindOf,
  );
  if (all.length === 0) return WORDS[speech.language].noRemedy;
  return all.map((remedy) => remedyItem(remedy, speech)).join('\n\n');
}

function firstOfEach<T>(list: readonly T[], key: (one: T) => string): readonly T[] {
  const keys = list.map(key);
  return list.filter((one, at) => keys.indexOf(key(one)) === at);
}

/** Remedies that differ in more than a value, like the tool that installs a package. */
const kindOf = (remedy: Remedy): string =>
  [remedy.title.text, remedy.kind === 'command' ? remedy.commands[0]?.[0] : ''].join(' ');

function remedyItem(remedy: Remedy, speech: Speech): string {
  const say = sayer(speech);
  const title = remedy.kind === 'link' ? `[${say(remedy.title)}](${remedy.url})` : say(remedy.title);
  const blocks = [
    ...(remedy.kind === 'command' ? [commandsOf(remedy), ...(remedy.notes ?? []).map(say)] : []),
    ...(remedy.undo === undefined ? [] : [say(remedy.undo)]),
  ];
  return [`- ${title}`, ...blocks.map(indented)].join('\n\n');
}

const commandsOf = ({ commands, privileged }: CommandRemedy): string =>
  fenced(
    'console',
    commands.map((argv) => `${privileged ? '#' : '$'} ${shellText(argv)}`),
  );

const indented = (block: string): string =>
  block
    .split('\n')
    .map((line) => (line === '' ? '' : `  ${line}`))
    .join('\n');

/** The title of a finding, for every case. */
export const generalTitle = ({ title }: Finding, speech: Speech): string => general(title, speech);

/** A sentence with the values of the example. */
const sayer =
  ({ translate }: Speech) =>
  (message: Message): string =>
    plain(render(message, translate));

/** A sentence for every case: each {place} by its name. */
const general = ({ text }: Finding['title'], { translate }: Speech): string =>
  plain(translate(text)).replace(/\{(\w+)\}/g, '*$1*');

/** Text that Markdown leaves as it is. */
const plain = (text: string): string =>
  text.replace(/[\\`*<>[\]]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g, (character) => `\\${character}`);

const inCell = (text: string): string => text.replaceAll('|', '\\|');

/** A block of code; its fence is longer than any in it. */
function fenced(language: string, lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap((line) => line.match(/`+/g) ?? []).map((ticks) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}${language}`, ...lines, fence].join('\n');
}
