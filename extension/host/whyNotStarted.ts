import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';

/** Why the system did not start a command, as one line. `error` is what spawning failed with. */
export async function whyNotStarted(error: unknown, command: string, cwd: string | undefined): Promise<string> {
  const place = cwd === undefined ? undefined : await whyNoDirectory(cwd);
  if (place !== undefined) return place;
  switch (errorCode(error)) {
    case 'ENOENT':
      return command.includes('/')
        ? `${command} does not exist, or the interpreter that its first line names does not`
        : `${command} is not installed, or not in PATH`;
    case 'EACCES':
      return `${command} may not be executed: permission denied`;
    case 'E2BIG':
      return `the arguments of ${command} are longer than the system allows`;
    default:
      return `${command}: ${error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error)}`;
  }
}

/** The system's code of an error, like `ENOENT`. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

async function whyNoDirectory(path: string): Promise<string | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return `${path} is not a directory`;
    await access(path, constants.X_OK);
    return undefined;
  } catch (error) {
    return errorCode(error) === 'EACCES'
      ? `the directory ${path} may not be entered: permission denied`
      : `the directory ${path} does not exist`;
  }
}
