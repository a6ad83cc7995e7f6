// package.json and its texts, with the parts that the tests compare.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../tools/project';

interface WelcomeText {
  readonly view: string;
  readonly contents: string;
  readonly when?: string;
}

interface Walkthrough {
  readonly id: string;
  readonly icon: string;
  readonly steps: readonly {
    readonly id: string;
    readonly media: { readonly svg: string; readonly altText: string };
    readonly completionEvents: readonly string[];
  }[];
}

interface MenuItem {
  readonly command: string;
  readonly when?: string;
}

interface Setting {
  readonly default: unknown;
}

/** `package.json` as far as the tests read it. */
export interface Manifest {
  readonly main: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly l10n: string;
  readonly engines: { readonly vscode: string; readonly node: string };
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly restrictedConfigurations: readonly string[] } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string; readonly enablement?: string }[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly viewsContainers: Readonly<Record<string, readonly { readonly id: string; readonly icon: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly viewsWelcome: readonly WelcomeText[];
    readonly walkthroughs: readonly Walkthrough[];
    readonly customEditors: readonly {
      readonly viewType: string;
      readonly selector: readonly { readonly filenamePattern: string }[];
    }[];
    readonly configuration: { readonly properties: Readonly<Record<string, Setting>> };
    readonly taskDefinitions: readonly {
      readonly type: string;
      readonly properties: Readonly<Record<string, unknown>>;
    }[];
    readonly problemPatterns: readonly { readonly name: string }[];
    readonly problemMatchers: readonly { readonly name: string; readonly pattern: string }[];
    readonly languageModelTools: readonly {
      readonly name: string;
      readonly modelDescription: string;
      readonly inputSchema: {
        readonly properties: Readonly<Record<string, { readonly type: string; readonly description: string }>>;
        readonly required: readonly string[];
      };
    }[];
    readonly snippets: readonly { readonly language: string; readonly path: string }[];
  };
}

export const manifestText = readFileSync(join(root, 'package.json'), 'utf8');
export const manifest = JSON.parse(manifestText) as Manifest;

/** The texts of package.json in one language: `''` English, `.zh-cn` Simplified Chinese. */
export function nls(language: '' | '.zh-cn'): Readonly<Record<string, string>> {
  const text = readFileSync(join(root, `package.nls${language}.json`), 'utf8');
  return JSON.parse(text) as Readonly<Record<string, string>>;
}
