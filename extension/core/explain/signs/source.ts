import type { SignTable } from './sign';

/** What compiler and modpost say of a source that does not fit the kernel. */
export const SOURCE_SIGNS = {
  'header-missing': {
    guards: [
      'fatal error:',
      '致命',
      'schwerwiegender Fehler:',
      'erreur fatale',
      'error fatal:',
      'errore fatale:',
      'erro fatal:',
      'атальная ошибка:',
      'No such file or directory',
    ],
    pattern:
      /(?:fatal error|error|致命错误|致命的エラー|schwerwiegender Fehler|erreur fatale|error fatal|errore fatale|erro fatal|фатальная ошибка)\s?[:：] ?(?<header>[\w./+-]+\.h)(?:['’] file not found|\s?[:：] ?(?:No such file|没有那个文件|Datei oder Verz|Aucun fichier|そのような|No existe|File o directory|Arquivo ou|Нет такого))|fatal error: '(?<quoted>[\w./+-]+\.h)' file not found/,
  },
  'gpl-only': { guards: ['GPL-only symbol'], pattern: /GPL-only symbol ['‘"]?(?<symbol>\w+)/ },
  'license-missing': { guards: ['MODULE_LICENSE'], pattern: /missing MODULE_LICENSE\(\)(?: in (?<module>\S+))?/ },
  'undefined-symbol': {
    guards: ['undefined!'],
    pattern: /(?:^|[\s"'‘])(?<symbol>[\w.]+)["'’]? \[(?<module>[^\]]+)\] undefined!/,
  },
  'no-prototype': {
    guards: ['no previous prototype', 'no previous declaration', '先前没有'],
    pattern:
      /(?:error|错误)[:：].*(?:no previous (?:prototype|declaration) for function|no previous (?:prototype|declaration) for|先前没有) ?['‘“](?<symbol>\w+)/,
  },
  c90: {
    guards: ['ISO C90', 'initial declaration'],
    pattern:
      /(?:error|错误)[:：] ?(?:.*ISO C90.*(?:mixed|混)|['‘]for['’] loop initial declaration)|-Werror=declaration-after-statement/,
  },
  'not-declared': {
    guards: [
      'implicit declaration of',
      'undeclared',
      '隐式声明',
      'mplizite Deklaration',
      'déclaration implicite',
      '暗黙的',
      'implicit function declaration',
      'declaración implícita',
      'ichiarazione implicita',
      'declaração implícita',
      'неявн',
    ],
    pattern:
      /(?:implicit declaration of (?:function|macro)|undeclared (?:function|identifier)|隐式声明函数|[Ii]mplizite Deklaration der Funktion|déclaration implicite de la fonction|implicit function declaration|declaración implícita de la función|ichiarazione implicita della funzione|declaração implícita da função|неявн(?:ая декларация|ое объявление) функции) *[»«'‘“"]\s?(?<symbol>\w+)|['‘](?<name>\w+)['’] undeclared|関数 ['‘](?<function>\w+)['’] の暗黙的/,
  },
  'argument-count': {
    guards: ['arguments', '实参', '引数', 'Argumente', 'too few', 'too many', 'argument', 'аргументов', 'argomenti'],
    pattern:
      /too (?:few|many) arguments (?:to|for) (?:function )?['‘"](?<function>[^'’"]+)|macro ["'‘](?<macro>\w+)["'’] (?:passed|requires)|提供给函数['‘“](?<callee>[^'’”]+)['’”]的实参太|too (?:few|many) arguments to function call|関数 ['‘](?<callee2>[^'’]+)['’] へ(?:の|渡す)引数|trop (?:peu )?d['’]arguments pour la fonction «\s?(?<callee4>[^»\s]+)|Argumente für Funktion »(?<callee3>[^«]+)«|(?:argumentos|argomenti|аргументов) (?:demais |insuficientes )?(?:para (?:a |la )?fun(?:ción|ção)|per la funzione|в (?:вызове )?функци\S+) [«"'‘“](?<callee5>[^»"'’”]+)/,
  },
  'incompatible-argument': {
    guards: [
      'passing',
      '传递',
      'の引数に渡',
      'Übergabe',
      "passage de l'argument",
      'el paso del argumento',
      'ередача аргумента',
    ],
    pattern:
      /passing argument (?<position>\d+) (?:of )?['‘"](?<function>[^'’"]+)['’"]:? (?:from )?(?:incompatible|makes (?:integer|pointer))|(?:pointer types? passing|passing) ['‘](?<given>[^'’]+)['’].* to parameter of (?:incompatible )?type ['‘](?<expected>[^'’]+)|传递['‘“](?<callee>[^'’”]+)['’”]的第 ?\d+ ?个|Übergabe des Arguments \d+ von »(?<callee2>[^«]+)«|passage de l'argument \d+ de «\s?(?<callee3>[^»\s]+)|番目の ['‘](?<callee4>[^'’]+)['’] の引数|el paso del argumento \d+ de ['‘«](?<callee5>[^'’»]+)|ередача аргумента \d+ «(?<callee6>[^»]+)» из/,
  },
  'expected-type': { guards: ['expected'], pattern: /note: expected ['‘](?<expected>[^'’]+)['’] but argument/ },
  'incompatible-pointer': {
    guards: ['incompatible', '不兼容的指针', 'inkompatib', 'incompatibile', 'incompatível', 'несовместим'],
    pattern:
      /(?:initialization|assignment)(?: (?:of|to) ['‘](?<wanted>[^'’]+)['’](?: \{aka ['‘][^'’]+['’]\})?)? from (?:incompatible pointer type|['‘][^'’]+['’])|incompatible (?:function )?pointer types? (?:initializing|assigning to) ['‘](?<type>[^'’]+)|从不兼容的指针类型|(?:Initialisierung|Zuweisung) .*inkompatiblem Zeigertyp|(?:initialisation|affectation) .*type pointeur .*incompatible|desde (?:un )?tipo (?:de )?puntero incompatible|из несовместимого указательного типа|da un tipo puntatore incompatibile/,
  },
  'near-initialization': { guards: ['near initialization'], pattern: /near initialization for ['‘](?<field>[^'’]+)/ },
  'no-member': {
    guards: [
      'no member named',
      '没有名为',
      'kein Element namens',
      'pas de membre nommé',
      'という名前のメンバ',
      'no tiene un miembro llamado',
      'не содержит элемента с именем',
    ],
    pattern:
      /['‘“](?:const )?(?:struct |union )?(?<type>[^'’”]+)['’”] ?(?:\{?aka [^}]*\}? )?(?:has no member named|没有名为) ?['‘“](?<member>\w+)|»struct (?<type2>\w+)« hat kein Element namens »(?<member2>\w+)|« struct (?<type3>\w+)\s» n'a pas de membre nommé «\s(?<member3>\w+)|['‘]struct (?<type4>\w+)['’] は ['‘](?<member4>\w+)|(?:struct )?(?<type5>\w+)['’»] (?:no tiene un miembro llamado|не содержит элемента с именем) ['‘«](?<member5>\w+)|no member named '(?<field>\w+)' in '(?:struct )?(?<owner>\w+)/,
  },
  'incomplete-type': {
    guards: [
      'incomplete type',
      'undefined type',
      'storage size',
      'unknown field',
      '不完全',
      '存储大小',
      'unvollständigen Typ',
      'type incomplet',
    ],
    pattern:
      /(?:error|错误|Fehler|erreur|エラー)[:：] ?.*(?:incomplet|storage size|undefined type|unknown field|designator|不完全|存储大小|unvollständig)(?:.*['‘“]struct (?<type>\w+))?/,
  },
} as const satisfies SignTable;
