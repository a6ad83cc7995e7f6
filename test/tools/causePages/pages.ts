// docs/causes: a page per cause and a list of all, in each language.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CAUSES } from '../../../extension/core/explain/causes';
import { CAUSE_PAGES, causePageFile } from '../../../extension/core/explain/causePage';
import { root } from '../project';
import { examples, type Example } from './examples';
import { causePage, generalTitle, type Speech } from './page';
import { WORDS, type Language } from './words';

/** Where the pages are. */
export const directory = join(root, CAUSE_PAGES);

const LANGUAGES = ['en', 'zh-cn'] as const satisfies readonly Language[];

/** The text of each page by its file name. Throws when a cause has no example. */
export function pages(): ReadonlyMap<string, string> {
  const all = withExamples();
  return new Map(
    LANGUAGES.map(speechOf).flatMap((speech) => [
      [causePageFile('README', speech.language), list(all, speech)] as const,
      ...all.map(({ key, found }) => [causePageFile(key, speech.language), causePage(key, found, speech)] as const),
    ]),
  );
}

interface Documented {
  readonly key: string;
  readonly family: string;
  readonly found: readonly [Example, ...Example[]];
}

function withExamples(): readonly Documented[] {
  const byCause = examples();
  const families = new Map([...CAUSES].reverse().map(({ key, family }) => [key, family]));
  return [...new Set(CAUSES.map(({ key }) => key))].map((key) => {
    const [first, ...others] = byCause.get(key) ?? [];
    if (first === undefined)
      throw new Error(`The cause ${key} has no example: provoke it in test/causes, or write its words into ${HERE}.`);
    return { key, family: families.get(key) ?? '', found: [first, ...others] };
  });
}

const HERE = 'test/tools/causePages/written.ts';

/** The list of all pages, family by family. */
function list(all: readonly Documented[], speech: Speech): string {
  const words = WORDS[speech.language];
  const other = speech.language === 'en' ? 'zh-cn' : 'en';
  const blocks = Object.entries(words.families).map(([family, name]) => {
    const items = all
      .filter((one) => one.family === family)
      .map(
        ({ key, found: [{ finding }] }) =>
          `- [${generalTitle(finding, speech)}](${causePageFile(key, speech.language)})`,
      );
    return [`## ${name}`, items.join('\n')];
  });
  return `${[
    `<!-- ${words.generated} -->`,
    `# ${words.all}`,
    `[${WORDS[other].name}](${causePageFile('README', other)})`,
    words.allLead,
    ...blocks.flat(),
  ].join('\n\n')}\n`;
}

function speechOf(language: Language): Speech {
  if (language === 'en') return { language, translate: (english) => english };
  const text = readFileSync(join(root, `extension/l10n/bundle.l10n.${language}.json`), 'utf8');
  const bundle = JSON.parse(text) as Readonly<Record<string, string>>;
  return { language, translate: (english) => bundle[english] ?? english };
}
