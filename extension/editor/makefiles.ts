import * as path from 'node:path/posix';
import type * as vscode from 'vscode';
import { readMakefile, type ReadMakefile } from '../core/explain/examine';
import type { Facts } from '../core/facts';
import { parseMakefile } from '../core/makefile/parse';
import { SCHEME } from '../core/remote/authority';
import { pathIn } from './place';

/** The documents that the Makefile features serve. */
export const MAKEFILE_SELECTOR: vscode.DocumentSelector = [
  { scheme: 'file', language: 'makefile' },
  { scheme: SCHEME, language: 'makefile' },
];

/** Characters beyond which a document is not examined at every keystroke: no Makefile that people write is as long. */
export const LONGEST_EXAMINED = 1_000_000;

interface Kept {
  readonly version: number;
  readonly facts: Facts;
  readonly reading: ReadMakefile;
}

/** Reads documents as Makefiles on this host, each version once: problems, hover and quick fixes ask for the same one. */
export class Makefiles {
  private readonly kept = new WeakMap<vscode.TextDocument, Kept>();

  /** In the offsets of the document's own text; `undefined` for a document that is too long to be examined as one types. */
  read(document: vscode.TextDocument, facts: Facts): ReadMakefile | undefined {
    const kept = this.kept.get(document);
    if (kept?.version === document.version && kept.facts === facts) return kept.reading;
    const text = document.getText();
    if (text.length > LONGEST_EXAMINED) return undefined;
    const reading = readMakefile(parseMakefile(text), path.dirname(pathIn(document.uri)), facts);
    this.kept.set(document, { version: document.version, facts, reading });
    return reading;
  }
}
