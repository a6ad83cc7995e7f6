import { message, type Message } from './message';

/** Why a system does not start a command. */
export type WhyNotStarted =
  | 'no-directory'
  | 'not-a-directory'
  | 'closed-directory'
  | 'no-file'
  | 'no-interpreter'
  | 'not-executable'
  | 'not-installed'
  | 'too-long';

/** The same in words, for this machine and for others. */
export function notStarted(why: WhyNotStarted, command: string, directory: string): Message {
  switch (why) {
    case 'no-directory':
      return message('the directory {directory} does not exist', { directory });
    case 'not-a-directory':
      return message('{directory} is not a directory', { directory });
    case 'closed-directory':
      return message('the directory {directory} may not be entered: permission denied', { directory });
    case 'no-file':
      return message('{command} does not exist', { command });
    case 'no-interpreter':
      return message('{command} does not exist, or the interpreter that its first line names does not', { command });
    case 'not-executable':
      return message('{command} may not be executed: permission denied', { command });
    case 'not-installed':
      return message('{command} is not installed, or not in PATH', { command });
    case 'too-long':
      return message('the arguments of {command} are longer than the system allows', { command });
  }
}
