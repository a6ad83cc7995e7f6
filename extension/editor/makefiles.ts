import * as path from 'node:path';
import type * as vscode from 'vscode';
import { readMakefile, type ReadMakefile } from '../core/explain/examine';
import type { Facts } from '../core/facts';
import { parseMakefile } from '../core/makefile/parse';

/** The documents that the Makefile features serve. */
export const MAKEFILE_SELECTOR: vscode.DocumentSelector = [{ scheme: 'file', language: 'makefile' }];

/** A document as a Makefile on this host, in the offsets of the document's own text. */
export function readDocument(document: vscode.TextDocument, facts: Facts): ReadMakefile {
  return readMakefile(parseMakefile(document.getText()), path.dirname(document.uri.fsPath), facts);
}
