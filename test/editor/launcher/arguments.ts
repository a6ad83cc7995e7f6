// The desktop's command line, as far as test runners use it.
import { resolve } from 'node:path';

export interface LauncherArguments {
  readonly extensionDevelopmentPaths: readonly string[];
  readonly extensionTestsPath: string | undefined;
  readonly userDataDirectory: string | undefined;
  readonly extensionsDirectory: string | undefined;
  readonly disableExtensions: boolean;
  /** The folder or file to open. */
  readonly open: string | undefined;
  /** `--install-extension` and its like: to be passed to the server's own command line; empty when the editor is to open. */
  readonly management: readonly string[];
}

const withValue = new Set([
  'extensionDevelopmentPath',
  'extensionTestsPath',
  'user-data-dir',
  'extensions-dir',
  'install-extension',
  'uninstall-extension',
  'disable-extension',
  'locale',
  'log',
]);

/** Reads `--option=value`, `--option value` for options that have one, flags and paths. Paths become absolute. */
export function parseArguments(argv: readonly string[]): LauncherArguments {
  const { options, paths } = split(argv);
  const last = (name: string): string | undefined => options.get(name)?.at(-1);
  const path = (name: string): string | undefined => {
    const value = last(name);
    return value === undefined ? undefined : resolve(value);
  };
  return {
    extensionDevelopmentPaths: (options.get('extensionDevelopmentPath') ?? []).map((one) => resolve(one)),
    extensionTestsPath: path('extensionTestsPath'),
    userDataDirectory: path('user-data-dir'),
    extensionsDirectory: path('extensions-dir'),
    disableExtensions: options.has('disable-extensions'),
    open: paths.map((one) => resolve(one)).at(0),
    management: managementArguments(options),
  };
}

function split(argv: readonly string[]): { options: ReadonlyMap<string, string[]>; paths: readonly string[] } {
  const options = new Map<string, string[]>();
  const paths: string[] = [];
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    const option = /^--?([^=]+)(?:=(.*))?$/s.exec(argument);
    const name = option?.[1];
    if (name === undefined) paths.push(argument);
    else {
      const value = option?.[2] ?? (withValue.has(name) ? (rest.shift() ?? '') : '');
      options.set(name, [...(options.get(name) ?? []), value]);
    }
  }
  return { options, paths };
}

function managementArguments(options: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const extension = (value: string): string => (value.endsWith('.vsix') ? resolve(value) : value);
  const install = ['install-extension', 'uninstall-extension'].flatMap((name) =>
    (options.get(name) ?? []).flatMap((value) => [`--${name}`, extension(value)]),
  );
  const queries = ['list-extensions', 'show-versions', 'version'].filter((name) => options.has(name));
  const verbs = [...install, ...queries.map((name) => `--${name}`)];
  return verbs.length > 0 && options.has('force') ? [...verbs, '--force'] : verbs;
}
