import type { SignTable } from './sign';

/** What compiler and modpost say of a source that does not fit the kernel. */
export const SOURCE_SIGNS = {
  'header-missing': {
    guards: ['fatal error:', '致命错误', 'No such file or directory'],
    pattern:
      /(?:fatal error|error|致命错误)[:：] ?(?<header>[\w./+-]+\.h)(?:['’] file not found|[:：] ?(?:No such file|没有那个文件))|fatal error: '(?<quoted>[\w./+-]+\.h)' file not found/,
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
      'implizite Deklaration',
      'déclaration implicite',
      '暗黙的',
    ],
    pattern:
      /(?:implicit declaration of (?:function|macro)|undeclared (?:function|identifier)|隐式声明函数|implizite Deklaration der Funktion|déclaration implicite de la fonction) ?[»«'‘“"]\s?(?<symbol>\w+)|['‘](?<name>\w+)['’] undeclared|関数 ['‘](?<function>\w+)['’] の暗黙的/,
  },
  'argument-count': {
    guards: ['arguments', '实参', '引数', 'Argumente', 'too few', 'too many'],
    pattern:
      /too (?:few|many) arguments (?:to|for) (?:function )?['‘"](?<function>[^'’"]+)|macro ["'‘](?<macro>\w+)["'’] (?:passed|requires)|提供给函数['‘“](?<callee>[^'’”]+)['’”]的实参太|too (?:few|many) arguments to function call|関数 ['‘](?<callee2>[^'’]+)['’] への引数|Argumente für Funktion »(?<callee3>[^«]+)«/,
  },
  'incompatible-argument': {
    guards: ['passing', '传递', '個の引数', 'Übergabe'],
    pattern:
      /passing argument (?<position>\d+) of ['‘](?<function>[^'’]+)['’] (?:from incompatible|makes (?:integer|pointer))|(?:pointer types? passing|passing) ['‘](?<given>[^'’]+)['’].* to parameter of (?:incompatible )?type ['‘](?<expected>[^'’]+)|传递['‘“](?<callee>[^'’”]+)['’”]的第 ?\d+ ?个/,
  },
  'expected-type': { guards: ['expected'], pattern: /note: expected ['‘](?<expected>[^'’]+)['’] but argument/ },
  'incompatible-pointer': {
    guards: ['incompatible', '不兼容的指针', 'Inkompatibler'],
    pattern:
      /(?:initialization|assignment)(?: (?:of|to) ['‘](?<wanted>[^'’]+)['’])? from (?:incompatible pointer type|['‘][^'’]+['’])|incompatible (?:function )?pointer types? (?:initializing|assigning to) ['‘](?<type>[^'’]+)|从不兼容的指针类型/,
  },
  'near-initialization': { guards: ['near initialization'], pattern: /near initialization for ['‘](?<field>[^'’]+)/ },
  'no-member': {
    guards: ['no member named', '没有名为'],
    pattern:
      /['‘“](?:const )?(?:struct |union )?(?<type>[^'’”]+)['’”] (?:\{?aka [^}]*\}? )?(?:has no member named|没有名为) ?['‘“](?<member>\w+)|no member named '(?<field>\w+)' in '(?:struct )?(?<owner>\w+)/,
  },
  'incomplete-type': {
    guards: ['incomplete type', 'undefined type', 'storage size', 'unknown field', '不完全', '存储大小'],
    pattern:
      /(?:error|错误)[:：] .*(?:incomplete|storage size|undefined type|unknown field|designator|不完全|存储大小)(?:.*['‘“]struct (?<type>\w+))?/,
  },
} as const satisfies SignTable;
