import type { CommandRemedy } from '../explain/finding';
import type { Facts } from '../facts';
import { installCommands } from '../kernel/packageManager';
import { message, type Message } from '../message';
import { handshakeFilter } from './filter';
import type { CaptureRequest } from './request';

/** Bytes kept of a frame: a link header of up to 20, an IP header of up to 40, and the longest TCP header, 60, fit. */
export const SNAPSHOT = 128;

type Argv = readonly [string, ...string[]];

/** tcpdump printing text line by line, `-x` for the bytes. It ends by itself after `packets`; whoever runs it holds the time limit. */
export function printCommand(tcpdump: string, request: CaptureRequest): Argv {
  return [tcpdump, '-tttt', '-x', '-l', ...captureOptions(request), handshakeFilter(request)];
}

/** The same for verifying: also segments whose header has no room left for the option. */
export function verifyCommand(tcpdump: string, request: CaptureRequest): Argv {
  const options = captureOptions(request);
  return [tcpdump, '-tttt', '-x', '-l', ...options, handshakeFilter(request, { fullHeaders: true })];
}

/** A capture by sudo, step by step. All of it is shown before any of it runs. */
export interface SudoCapture {
  /** A directory that only this user can enter, and in it a file that this user owns and root can write to. */
  readonly prepare: readonly Argv[];
  /**
   * For a terminal, where sudo may ask for a password: the packets go to the file, and `timeout` holds the time limit. `-Z root` keeps
   * tcpdump from becoming a user who may not write there (Debian, Red Hat).
   */
  readonly capture: Argv;
  /** Prints the file without root, as {@link printCommand} would have. */
  readonly read: Argv;
  readonly remove: Argv;
  readonly file: string;
}

/** `directory` must not be there: making it fails otherwise, so that nobody can lay a trap in it. */
export function sudoCapture(tcpdump: string, request: CaptureRequest, directory: string): SudoCapture {
  const file = `${directory}/handshakes.pcap`;
  const options = [...captureOptions(request), '-Z', 'root', '-U', '-w', file];
  return {
    prepare: [
      ['mkdir', '-m', '700', directory],
      ['touch', file],
    ],
    capture: ['sudo', 'timeout', String(request.seconds), tcpdump, ...options, handshakeFilter(request)],
    read: [tcpdump, '-tttt', '-x', '-nn', '-r', file],
    remove: ['rm', '-rf', directory],
    file,
  };
}

/** Names stay numbers, and the card takes only what is for this host. */
function captureOptions({ interfaceName, packets }: CaptureRequest): readonly string[] {
  return ['-nn', '-p', '-s', String(SNAPSHOT), '-c', String(packets), '-i', interfaceName];
}

/** Where tcpdump is: for an ordinary user often outside of PATH. `undefined` when the host has none. */
export function tcpdumpOf({ tools }: Facts): string | undefined {
  return tools.commands['tcpdump'];
}

/** tcpdump is not there; its package has the same name everywhere. */
export function missingTcpdump({ packages }: Facts): { readonly problem: Message; readonly remedy?: CommandRemedy } {
  const { manager } = packages;
  const problem = message('tcpdump is not installed on this host. Its package is named tcpdump.');
  if (manager === undefined) return { problem };
  const commands = installCommands(manager, ['tcpdump']);
  return { problem, remedy: { kind: 'command', title: message('Install tcpdump'), commands, privileged: true } };
}
