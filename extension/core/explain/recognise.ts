import { readContext, readSign } from './signs';
import type { Symptom } from './symptom';

type Said = Symptom extends infer One ? (One extends Symptom ? Omit<One, 'line' | 'text' | 'source'> : never) : never;
type Recogniser = (line: string) => Said | undefined;

/** The release that a kernel directory's path names, or `undefined`. The folder's name is what a tool looked for, not what lies inside. */
export function releaseInPath(path: string): string | undefined {
  const match =
    /\/lib\/modules\/([^/\s]+)/.exec(path) ??
    /\/usr\/src\/kernels\/([^/\s]+)/.exec(path) ??
    /\/usr\/src\/linux-(?:headers-|obj-)?([^/\s]+)/.exec(path);
  return match?.[1];
}

// make's own words differ by language; the stars and the path do not. `[^:]` keeps the path apart from the reason.
const MISSING_DIRECTORY = /^(?:[^\s:]*\/)?g?make(?:\[\d+\])?: \*{2,3} (\/[^:]*?)[:：] /;
const NO_RULE_FOR_DIRECTORY = /\*\*\* No rule to make target ['‘`"](\/lib\/modules\/[^'’"]+\/build)['’"]/;
const DKMS_NO_HEADERS = /kernel headers for kernel (\S+) cannot be found/;
// A hook of pacman: "==> ERROR: Missing 6.1.5-arch1-1 kernel headers for module toa/1.0."
const HOOK_NO_HEADERS = /: Missing (\d\S*) kernel headers for module /;
const DKMS_SKIPPED = /Module build for (?:the currently running )?kernel (\S+) was skipped since/;

const missingBuild: Recogniser = (line) => {
  const path = (MISSING_DIRECTORY.exec(line) ?? NO_RULE_FOR_DIRECTORY.exec(line))?.[1];
  if (path !== undefined && releaseInPath(path) !== undefined) {
    return { kind: 'missing-build', path, release: releaseInPath(path) };
  }
  const release = (DKMS_NO_HEADERS.exec(line) ?? HOOK_NO_HEADERS.exec(line) ?? DKMS_SKIPPED.exec(line))?.[1];
  return release === undefined ? undefined : { kind: 'missing-build', path: `/lib/modules/${release}/build`, release };
};

// "make: gcc: Command not found", "/bin/sh: 1: gcc-12: not found", "bash: gcc: command not found", "/bin/sh: gcc: No such file or directory"
const NOT_FOUND = [
  /^(?:[^\s:]*\/)?g?make(?:\[\d+\])?[:：] ?(\S+?)[:：] ?(?:Command not found|No such file or directory|未找到命令|没有那个文件或目录|Kommando nicht gefunden|Datei oder Verzeichnis nicht gefunden|commande introuvable|Aucun fichier ou dossier|そのようなファイルやディレクトリ)/i,
  /^-?(?:\S*\/)?(?:ba|da|k|z|a)?sh: (?:(?:line |ligne |Zeile |行 ?)?\d+: ?)?(\S+?) ?[:：] ?(?:command )?(?:not found|未找到命令|Kommando nicht gefunden|commande introuvable|コマンドが見つかりません)/i,
  /^-?(?:\S*\/)?(?:ba|da|k|z|a)?sh: (?:(?:line )?\d+: )?(\S+): No such file or directory/,
  /^\S+: (?:line )?\d+: (\S+): (?:(?:command )?not found$|No such file or directory)/,
  /^(?:sudo|env|xargs): ['‘"]?([^\s'’":]+)['’"]?: (?:command not found|No such file or directory)/,
  /^zsh: command not found: (\S+)/,
  /^Command '([^']+)' not found/,
];

const KERNEL_TOOL = /(?:^|\/)(?:scripts|tools|arch|usr\/src)\/\S/;

const commandMissing: Recogniser = (line) => {
  const command = NOT_FOUND.map((pattern) => pattern.exec(line)?.[1]).find((name) => name !== undefined);
  // "make[1]: *** …" names a path, not a command, and the kernel tree's own programs come with the tree.
  if (command === undefined || command === '***' || KERNEL_TOOL.test(command)) return undefined;
  return { kind: 'command-missing', command };
};

const VERMAGIC = /(?:([\w-]+): )?version magic '([^']*)' should be '([^']*)/;

const vermagic: Recogniser = (line) => {
  // The pattern starts anywhere in the line: looking for the words first keeps hostile lines cheap.
  if (!line.includes('version magic')) return undefined;
  const match = VERMAGIC.exec(line);
  const [, module, built, running] = match ?? [];
  return built === undefined || running === undefined ? undefined : { kind: 'vermagic', module, built, running };
};

const COMPILED = /^\s*CC(?: \[M\])?\s+(\S+\.o)\b/;
const LINKED = /^\s*(?:MODPOST|LD \[M\]|Building modules, stage 2)/;

const compiled: Recogniser = (line) => {
  const object = COMPILED.exec(line)?.[1];
  return object === undefined ? undefined : { kind: 'compiled', object };
};
const linked: Recogniser = (line) => (LINKED.test(line) ? { kind: 'linked' } : undefined);

const PACKAGE = String.raw`['‘"]?((?:(?:linux|pve|proxmox)-headers|kernel[\w-]*-(?:devel|headers))[^\s'’"]*)`;
const PACKAGE_MISSING = [
  new RegExp(
    `(?:Unable to locate package|无法定位软件包|No package|没有可用软件包|Unable to find a match:|No match for argument:) ${PACKAGE}`,
  ),
  new RegExp(
    `(?:No package matching|No provider of|target not found:|Package) ${PACKAGE}(?:['’"]? (?:found|has no installation candidate)|$)`,
  ),
  new RegExp(
    `(?:Paket ${PACKAGE} kann nicht gefunden|Impossible de trouver le paquet ${PACKAGE}|パッケージ ${PACKAGE} が見つかりません)`,
  ),
  new RegExp(`(?:Couldn't find any package by (?:glob|regex)) ${PACKAGE}`),
];

const packageMissing: Recogniser = (line) => {
  if (!line.includes('-headers') && !line.includes('-devel')) return undefined;
  const names: readonly (string | undefined)[] = PACKAGE_MISSING.flatMap(
    (pattern) => pattern.exec(line)?.slice(1) ?? [],
  );
  const name = names.find((found) => found !== undefined);
  return name === undefined ? undefined : { kind: 'package-missing', package: name };
};

// A header that may not be read is another matter than an object that may not be written.
const WRITING =
  /(?:cannot|can't|unable to|error|failed to|opening|ne peut) (?:créer|create|write|open output|touch|remove|dependency|mkdir)|writing/i;
// In the languages of make, gcc and the shell's tools.
const NOT_WRITABLE =
  /: (?:Permission denied|Read-only file system|权限不够|只读文件系统|Keine Berechtigung|Das Dateisystem ist nur lesbar|Permission non accordée|Système de fichiers accessible en lecture seulement|許可がありません|読み込み専用ファイルシステムです)/;
const notPermitted: Recogniser = (line) =>
  NOT_WRITABLE.test(line) && WRITING.test(line) ? { kind: 'not-permitted' } : undefined;
// The kernel's fixdep names no reason when its output is cut; a full disk is what cuts it.
const DISK_FULL = [
  'No space left on device',
  'fixdep: not all data was written',
  '设备上没有空间',
  'kein Speicherplatz mehr verfügbar',
  'Aucun espace disponible sur le périphérique',
  'デバイスに空き領域がありません',
];
const diskFull: Recogniser = (line) =>
  DISK_FULL.some((said) => line.includes(said)) ? { kind: 'disk-full' } : undefined;

const ERROR_LINE = /(?:^|[\s:])(?:fatal )?error(?: \d+)?:|^ERROR:|\*\*\* /i;
const errorLine: Recogniser = (line) => (ERROR_LINE.test(line) ? { kind: 'error-line' } : undefined);

/** In this order: the last ones take what no other knows. */
const RECOGNISERS: readonly Recogniser[] = [
  missingBuild,
  commandMissing,
  vermagic,
  compiled,
  linked,
  packageMissing,
  readSign,
  diskFull,
  notPermitted,
  errorLine,
];

/** Lines longer than this say nothing that a recogniser looks for; only their beginning is read. */
const LINE_LIMIT = 4096;

// What a paste puts before a line: quotes of mails and chats, `bat`'s margin, CI's stage names and times, colours of a terminal.
// eslint-disable-next-line no-control-regex
const COLOURS = /\x1b\[[0-9;]*[A-Za-z]/g;
const MARGIN =
  /^(?:\s*(?:\d+\s*)?[│┃]\s?|(?:> ?)+|\[(?:main|Info|stdout|stderr)\]\s+|(?:DEBU|INFO|ERRO)\S* |\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*Z? |#\d+ (?:\d+\.\d+ )?)+/;

/** The line as the tool printed it. */
export function bareLine(text: string): string {
  return text.replace(COLOURS, '').replace(MARGIN, '');
}

// `make V=1` prints its recipes: a message that it may come to say is not said.
const IS_RECIPE = /^\s*(?:echo|printf) .*(?:;|&&|\|\|)\s*\\?\s*$/;

/** What one line of tool output says, if anything. `line` counts from 1. */
export function recogniseLine(text: string, line: number): Symptom | undefined {
  const head = bareLine(text.slice(0, LINE_LIMIT));
  if (IS_RECIPE.test(head)) return undefined;
  for (const recognise of RECOGNISERS) {
    const said = recognise(head);
    if (said !== undefined) return { ...said, line, text: head.trim(), source: 'output' };
  }
  return undefined;
}

// "make[1]: Entering directory '/usr/lib/modules/X/build'" followed by "No rule to make target 'modules'" is one symptom of two lines.
const ENTERING = /: Entering directory ['‘`"]?([^'’"\s]+)/;
const NO_MAKEFILE = /\*\*\* (?:No rule to make target ['‘`"]modules['’"]|No targets specified and no makefile found)/;

/** Recognises symptoms that need the lines before them. Feed it every line in order. */
export interface SymptomReader {
  /** Takes a piece of output, cut anywhere. */
  feed(chunk: string): void;
  /** Reads what is left and gives the symptoms in order. */
  end(): readonly Symptom[];
}

/** How many symptoms of a kind are kept: the first ones matter, and memory must not grow with the log. */
const KEPT_PER_KIND = 100;

/** A line-fed reader, so that a log of any size is read while make still runs. */
export function createSymptomReader(): SymptomReader {
  const symptoms: Symptom[] = [];
  const counts = new Map<string, number>();
  let pending = '';
  let number = 0;
  let directory: string | undefined;

  const keep = (symptom: Symptom): void => {
    const kind = symptom.kind === 'said' ? symptom.sign : symptom.kind;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count <= KEPT_PER_KIND) symptoms.push(symptom);
  };
  const read = (raw: string): void => {
    number += 1;
    const text = bareLine(raw.slice(0, LINE_LIMIT));
    const entered = ENTERING.exec(text)?.[1];
    if (entered !== undefined) directory = entered;
    const symptom =
      directory !== undefined && releaseInPath(directory) !== undefined && NO_MAKEFILE.test(text)
        ? emptyBuild(directory, text, number)
        : recogniseLine(text, number);
    if (symptom !== undefined) keep(symptom);
    for (const said of readContext(text)) keep({ ...said, line: number, text: text.trim(), source: 'output' });
  };
  return {
    feed(chunk) {
      const lines = (pending + chunk).split('\n');
      pending = (lines.pop() ?? '').slice(0, LINE_LIMIT);
      lines.forEach(read);
    },
    end() {
      if (pending !== '') read(pending);
      pending = '';
      return symptoms;
    },
  };
}

function emptyBuild(path: string, text: string, line: number): Symptom {
  return { kind: 'empty-build', path, release: releaseInPath(path), line, text: text.trim(), source: 'output' };
}

/** All symptoms of a whole text. */
export function readSymptoms(output: string): readonly Symptom[] {
  const reader = createSymptomReader();
  reader.feed(output);
  return reader.end();
}
