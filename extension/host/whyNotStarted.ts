import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { message, type Message } from '../core/message';
import { notStarted, type WhyNotStarted } from '../core/notStarted';
import { errorCode } from './errorCode';

/** Why the system did not start a command, as one line. `error` is what spawning failed with. */
export async function whyNotStarted(error: unknown, command: string, cwd: string | undefined): Promise<Message> {
  const why = (cwd === undefined ? undefined : await whyNoDirectory(cwd)) ?? whyNoCommand(error, command);
  if (why !== undefined) return notStarted(why, command, cwd ?? '');
  const said = error instanceof Error ? (error.message.split('\n', 1)[0] ?? '') : String(error);
  return message('{command} was not started: {said}', { command, said });
}

function whyNoCommand(error: unknown, command: string): WhyNotStarted | undefined {
  switch (errorCode(error)) {
    case 'ENOENT':
      return command.includes('/') ? 'no-interpreter' : 'not-installed';
    case 'EACCES':
      return 'not-executable';
    case 'E2BIG':
      return 'too-long';
    default:
      return undefined;
  }
}

async function whyNoDirectory(path: string): Promise<WhyNotStarted | undefined> {
  try {
    if (!(await stat(path)).isDirectory()) return 'not-a-directory';
    await access(path, constants.X_OK);
    return undefined;
  } catch (error) {
    return errorCode(error) === 'EACCES' ? 'closed-directory' : 'no-directory';
  }
}
