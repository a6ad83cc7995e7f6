// What make 4.3, gcc 12, bash and apt really said in other languages (Debian 12), captured line by line.
import { describe, expect, it } from 'vitest';
import { primaryCause } from './primaryCause';

const BUILD = '/lib/modules/6.1.0-99-amd64/build';
const PACKAGE = 'linux-headers-6.1.0-999-amd64';

// make, gcc and apt in further languages, by their translation catalogues; not captured here.
const TRANSLATED: readonly (readonly [cause: string, text: string])[] = [
  [
    'headers_missing',
    `make[1]: ingresso nella directory «${BUILD}»\nmake[1]: *** Nessuna regola per generare l'obiettivo "modules".  Arresto.`,
  ],
  [
    'headers_missing',
    `make[1]: se entra en el directorio '${BUILD}'\nmake[1]: *** No hay ninguna regla para construir el objetivo 'modules'.  Alto.`,
  ],
  ['headers_missing', `make[1]: *** ${BUILD}: Нет такого файла или каталога.  Останов.`],
  ['compiler_not_found', 'bash: gcc: orden no encontrada'],
  ['compiler_not_found', 'bash: gcc: команда не найдена'],
  ['makefile_missing_separator', 'Makefile:2: *** falta un separador.  Alto.'],
  ['makefile_missing_separator', 'Makefile:2: *** пропущен разделитель.  Останов.'],
  ['api_function_removed', 'x.c:20:18: error fatal: net/ipx.h: No existe el fichero o el directorio'],
  ['api_function_removed', 'x.c:2:2: error: declaración implícita de la función ‘del_timer_sync’'],
  ['api_function_removed', 'x.c:2:2: erro: declaração implícita da função ‘del_timer_sync’'],
  ['api_function_removed', 'x.c:2:2: ошибка: неявная декларация функции «strlcpy»'],
  ['api_class_create', 'x.c:2:2: error: demasiados argumentos para la función ‘class_create’'],
  ['api_class_create', 'x.c:2:2: ошибка: слишком много аргументов в вызове функции «class_create»'],
];

const SAID: Readonly<Record<string, readonly string[]>> = {
  headers_missing: [
    `make[1]: *** ${BUILD}: 没有那个文件或目录。 停止。`,
    `make[1]: *** ${BUILD}: Datei oder Verzeichnis nicht gefunden.  Schluss.`,
    `make[1]: *** ${BUILD} : Aucun fichier ou dossier de ce type. Arrêt.`,
    `make[1]: *** ${BUILD}: そのようなファイルやディレクトリはありません.  中止.`,
  ],
  makefile_missing_separator: [
    'Makefile:2: *** 分隔符缺失 (你大概想用 TAB，而不是八个空格)。 停止。',
    'Makefile:2: *** fehlender Trenner (Meinten Sie TAB anstelle von 8 Leerzeichen?).  Schluss.',
    'toa.mk:2: *** séparateur manquant (vouliez-vous dire TAB au lieu des 8 espaces ?). Arrêt.',
    'Makefile:2: *** 分離記号を欠いています (8 個の空白でしたが, TAB のつもりでしたか?).  中止.',
  ],
  compiler_not_found: [
    'make: gcc-12: 没有那个文件或目录',
    'make: gcc-12: Datei oder Verzeichnis nicht gefunden',
    'make: gcc-12: Aucun fichier ou dossier de ce type',
    'make: gcc-12: そのようなファイルやディレクトリはありません',
    'bash: 行 1: gcc: 未找到命令',
    'bash: Zeile 1: gcc: Kommando nicht gefunden.',
    'bash: ligne 1: gcc : commande introuvable',
    'bash: 行 1: gcc: コマンドが見つかりません',
  ],
  kernel_source_incomplete: [
    'make: *** 没有规则可制作目标“scripts/module.lds”，由“all” 需求。 停止。',
    'make: *** Keine Regel vorhanden, um das Ziel „scripts/module.lds“, ',
    'make: ***  Aucune règle pour fabriquer la cible « scripts/module.lds », nécessaire pour « all ». Arrêt.',
    "make: *** 'all' に必要なターゲット 'scripts/module.lds' を make するルールがありません.  中止.",
  ],
  api_function_removed: [
    'x.c:2:21: 错误：隐式声明函数‘strlcpy’ [-Werror=implicit-function-declaration]',
    'x.c:2:21: Fehler: Implizite Deklaration der Funktion »strlcpy« [-Werror=implicit-function-declaration]',
    'x.c:2:21: erreur: déclaration implicite de la fonction « strlcpy » [-Werror=implicit-function-declaration]',
    'x.c:2:21: エラー: 関数 ‘strlcpy’ の暗黙的な宣言です [-Werror=implicit-function-declaration]',
    'y.c:1:10: 致命错误：linux/nothere.h：没有那个文件或目录',
    'y.c:1:10: schwerwiegender Fehler: linux/nothere.h: Datei oder Verzeichnis nicht gefunden',
    'y.c:1:10: erreur fatale: linux/nothere.h : Aucun fichier ou dossier de ce type',
    'y.c:1:10: 致命的エラー: linux/nothere.h: そのようなファイルやディレクトリはありません',
  ],
  api_class_create: [
    'x.c:2:35: 错误：提供给函数‘class_create’的实参太多',
    'x.c:2:35: Fehler: zu viele Argumente für Funktion »class_create«',
    "x.c:2:41: erreur: trop d'arguments pour la fonction « class_create »",
    'x.c:2:41: エラー: 関数 ‘class_create’ への引数が多すぎます',
    'x.c:6:26: 错误：传递‘class_create’的第 1 个参数时在不兼容的指针类型间转换 [-Werror=incompatible-pointer-types]',
    'x.c:6:26: Fehler: Übergabe des Arguments 1 von »class_create« von inkompatiblem Zeigertyp [-Werror=incompatible-pointer-types]',
    "x.c:6:26: erreur: passage de l'argument 1 de « class_create » depuis un type pointeur incompatible [-Werror=incompatible-pointer-types]",
    'x.c:6:26: エラー: 互換性のないポインタ型から 1 番目の ‘class_create’ の引数に渡しています [-Werror=incompatible-pointer-types]',
  ],
  api_other_signature: [
    "x.c:2:35: erreur: trop peu d'arguments pour la fonction « sk_alloc »",
    'x.c:2:35: エラー: 関数 ‘sk_alloc’ へ渡す引数が少なすぎます',
    'x.c:4:42: 错误：‘struct s’没有名为‘nope’的成员',
    'x.c:4:42: Fehler: »struct s« hat kein Element namens »nope«',
    "x.c:4:42: erreur: « struct s » n'a pas de membre nommé « nope »",
    'x.c:4:42: エラー: ‘struct s’ は ‘nope’ という名前のメンバを持っていません',
    'x.c:7:20: Fehler: Initialisierung von »int (*)(long int)« von inkompatiblem Zeigertyp »int (*)(int *)« [-Werror=incompatible-pointer-types]',
    'x.c:7:20: erreur: initialisation de « int (*)(long int) » depuis le type pointeur « int (*)(int *) » qui est incompatible [-Werror=incompatible-pointer-types]',
  ],
  api_nf_sockopt_header: [
    'x.c:7:30: 错误：变量‘toa_sockopts’有初始值设定但类型不完全',
    'x.c:7:30: Fehler: Variable »toa_sockopts« hat Initialisierung, aber unvollständigen Typ',
    'x.c:7:30: erreur: la variable « toa_sockopts » est initialisée mais a un type incomplet',
    'x.c:7:30: エラー: 変数 ‘toa_sockopts’ には初期化子がありますが不完全型です',
  ],
  compiler_too_old_for_kernel_flags: [
    'gcc: 错误：unrecognized command-line option ‘-fno-such-thing’; did you mean ‘-fno-checking’?',
    'gcc: Fehler: unbekannte Kommandozeilenoption »-fno-such-thing«; meinten Sie »-fno-checking«?',
    "gcc: erreur: option « -fno-such-thing » non reconnue sur la ligne de commande, aviez-vous l'intention d'utiliser « -fno-checking » ?",
  ],
  disk_full: [
    'bash: Zeile 78: echo: Schreibfehler: Auf dem Gerät ist kein Speicherplatz mehr verfügbar.',
    "bash: ligne 78 : echo: erreur d'écriture : Aucun espace disponible sur le périphérique",
    'bash: 78 行: echo: 書き込みエラー: デバイスに空き領域がありません',
  ],
  directory_not_writable: [
    "致命错误：can't create /root/x.o: 权限不够",
    "Fatal error: can't create /root/x.o: Keine Berechtigung",
    'Erreur fatale: ne peut créer /root/x.o: Permission non accordée',
    "Fatal error: can't create /root/x.o: 許可がありません",
  ],
  headers_pkg_not_in_repo: [
    `E: 无法定位软件包 ${PACKAGE}`,
    `E: Paket ${PACKAGE} kann nicht gefunden werden.`,
    `E: Impossible de trouver le paquet ${PACKAGE}`,
    `E: パッケージ ${PACKAGE} が見つかりません`,
  ],
};

describe.each(Object.entries(SAID))('%s', (cause, lines) => {
  it.each(lines)('%s', (line) => {
    expect(primaryCause(line)).toBe(cause);
  });
});

it.each(TRANSLATED)('%s: %s', (cause, text) => {
  expect(primaryCause(text)).toBe(cause);
});
