import { message, type Say } from '../core/message';
import type { Command, Described } from './command';

/** What `toa-doctor --help` says: the commands, a line each. */
export function generalHelp(commands: Readonly<Record<string, Command>>, say: Say): string {
  const rows = Object.entries(commands).map(([name, described]) => [invocation(name, described), say(described.about)]);
  return [
    say(message('Usage: toa-doctor COMMAND [OPTION]…')),
    '',
    ...table(rows),
    '',
    say(message('toa-doctor COMMAND --help tells the options of a command.')),
    say(message('With --host NAME most work on another host by ssh; it needs nothing but sshd and sh.')),
    '',
  ].join('\n');
}

/** What `toa-doctor COMMAND --help` says. */
export function commandHelp(name: string, command: Command, say: Say): string {
  const rows = Object.entries(command.options).map(([option, { value, about }]) => [
    `--${option}${value === undefined ? '' : ` ${value}`}`,
    say(about),
  ]);
  return [
    say(
      message('Usage: {usage}', {
        usage: `toa-doctor ${invocation(name, command)}${rows.length > 0 ? ' [OPTION]…' : ''}`,
      }),
    ),
    '',
    say(command.about),
    ...(rows.length > 0 ? ['', ...table(rows)] : []),
    '',
    say(command.likeGrep === true ? LIKE_GREP : STATUSES),
    '',
  ].join('\n');
}

const STATUSES = message('Exit status: 0 nothing wrong, 1 findings, 2 wrong use, 3 host not reached.');
const LIKE_GREP = message('Exit status: 0 a client was found, 1 none, 2 it could not be read, 3 host not reached.');

const invocation = (name: string, { operands = '' }: Described): string => `${name} ${operands}`.trimEnd();

/** Two columns; the first is ASCII, so its width is its length. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const width = Math.max(...rows.map(([first = '']) => first.length));
  return rows.map(([first = '', second = '']) => `  ${first.padEnd(width)}  ${second}`);
}
