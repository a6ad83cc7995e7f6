import { CONTEXT_SIGNS_IN_ORDER, FAILURE_SIGNS, readSign, type SignName, type SignRow } from './signs';
import { placeIn } from './place';
import type { Symptom } from './symptom';

/** What a line says, without where it stands. */
export type Said = Symptom extends infer One
  ? One extends Symptom
    ? Omit<One, 'line' | 'text' | 'source'>
    : never
  : never;
export type Recogniser = (line: string) => Said | undefined;

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
  /^(?:[^\s:]*\/)?g?make(?:\[\d+\])?[:：] ?(\S+?)[:：] ?(?:Command not found|No such file or directory|未找到命令|没有那个文件或目录|Kommando nicht gefunden|Datei oder Verzeichnis nicht gefunden|commande introuvable|Aucun fichier ou dossier|そのようなファイルやディレクトリ|No existe el |File o directory non|Arquivo ou diret|Нет такого файла)/i,
  /^-?(?:\S*\/)?(?:ba|da|k|z|a)?sh: (?:(?:line |ligne |Zeile |行 ?)?\d+: ?)?(\S+?) ?[:：] ?(?:command )?(?:not found|未找到命令|Kommando nicht gefunden|commande introuvable|コマンドが見つかりません|orden no encontrada|comando non trovato|comando não encontrado|команда не найдена)/i,
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

const PACKAGE = String.raw`['‘"]?((?:(?:linux|pve|proxmox|raspberrypi-kernel)-headers|kernel[\w-]*-(?:devel|headers))[^\s'’"]*)`;
const PACKAGE_MISSING = [
  new RegExp(
    `(?:Unable to locate package|无法定位软件包|No package|没有可用软件包|Unable to find a match:|No match for argument:) ${PACKAGE}`,
  ),
  new RegExp(
    `(?:No package matching|No package found to|No provider of|target not found:|Package) ${PACKAGE}(?:['’"]? (?:found|has no installation candidate)|['’"]?$)|: package ${PACKAGE} not found`,
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
const NOT_WRITABLE = [
  ': Permission denied',
  ': Read-only file system',
  ': 权限不够',
  ': 只读文件系统',
  ': Keine Berechtigung',
  ': Das Dateisystem ist nur lesbar',
  ': Permission non accordée',
  ': Système de fichiers accessible en lecture seulement',
  ': 許可がありません',
  ': 読み込み専用ファイルシステムです',
];
const notPermitted: Recogniser = (line) =>
  NOT_WRITABLE.some((said) => line.includes(said)) && WRITING.test(line) ? { kind: 'not-permitted' } : undefined;
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

const NOTE_WORDS = [': note: in expansion of', ': note: in definition of', ': note: declared here', '附注：'];
/** What the compiler adds to its message: where a macro was used, where a function is declared. */
const note: Recogniser = (line) => (placeIn(line) === undefined ? undefined : { kind: 'note' });

const ERROR_LINE = /(?:^|[\s:])(?:fatal )?error(?: \d+)?:|^ERROR:|\*\*\* /i;
const errorLine: Recogniser = (line) => (ERROR_LINE.test(line) ? { kind: 'error-line' } : undefined);

/** A recogniser and the words of which a line it fits has at least one: they spare most lines the pattern. */
export interface Guarded {
  /** What it recognises: the kind of symptom, or the name of the sign. */
  readonly kind: Symptom['kind'] | SignName;
  readonly guards: readonly string[];
  readonly recognise: Recogniser;
}

const NOT_FOUND_WORDS = [
  'not found',
  'o such file',
  '未找到命令',
  '没有那个文件',
  'nicht gefunden',
  'introuvable',
  'Aucun fichier',
  'そのようなファイル',
  'コマンドが見つかりません',
  'No existe el ',
  'orden no encontrada',
  'File o directory non esistente',
  'omando non trovato',
  'Arquivo ou diret',
  'omando não encontrado',
  'Нет такого файла',
  'оманда не найдена',
];

/** What a line says of a failure, in this order: the first that fits, and the last ones take what no other knows. */
export const RECOGNISERS: readonly Guarded[] = [
  { kind: 'missing-build', guards: ['** ', 'kernel headers for ', 'Module build for'], recognise: missingBuild },
  { kind: 'command-missing', guards: NOT_FOUND_WORDS, recognise: commandMissing },
  { kind: 'vermagic', guards: ['version magic'], recognise: vermagic },
  { kind: 'compiled', guards: [' CC ', '\tCC ', 'CC [M]'], recognise: compiled },
  { kind: 'linked', guards: ['MODPOST', 'LD [M]', 'Building modules, stage 2'], recognise: linked },
  { kind: 'package-missing', guards: ['-headers', '-devel'], recognise: packageMissing },
  ...FAILURE_SIGNS.map(guardedSign),
  { kind: 'disk-full', guards: DISK_FULL, recognise: diskFull },
  { kind: 'not-permitted', guards: NOT_WRITABLE, recognise: notPermitted },
  { kind: 'note', guards: NOTE_WORDS, recognise: note },
  { kind: 'error-line', guards: ['error:', 'Error:', 'ERROR:', 'rror ', 'RROR ', '*** '], recognise: errorLine },
];

/** What a line tells beside that: all that fit. */
export const CONTEXT: readonly Guarded[] = CONTEXT_SIGNS_IN_ORDER.map(guardedSign);

function guardedSign(row: SignRow): Guarded {
  const [kind, { guards }] = row;
  return { kind, guards, recognise: (line) => readSign(row, line) };
}
