import { ansibleCommand } from './ansible';
import { buildCommand } from './build';
import { bundleCommand } from './bundle';
import { captureCommand } from './capture';
import { checkHostsCommand } from './checkHosts';
import { decodeCommand } from './decode';
import { doctorCommand } from './doctor';
import { explainCommand } from './explain';
import { mcpCommand } from './mcp';
import { STATUS, type Io } from './io';
import { installCommand, planCommand } from './plan';
import { probeCommand } from './probe';
import { uninstallCommand } from './uninstall';
import { verifyCommand } from './verify';
import { ProbeError } from '../host/probe';

const USAGE = `Usage: toa-doctor COMMAND [OPTION]…

  doctor [DIR] [--json]                 what keeps the module in DIR from being built for the right kernel
  build [DIR] [--kernel RELEASE]        run make, explain what fails, check which kernel the module is for
  explain [--facts FILE | --here] [--json] [FILE|-]
                                        explain the output of a failed make, insmod or dkms; --here asks this machine
                                        for the facts that decide
  decode [--json] [--summary] [FILE|-]  client addresses in pasted options, dumps and captures
  capture [--interface I] [--port P] [--peers NETWORK] [--seconds N] [--packets N] [--json]
                                        run tcpdump for handshakes, and show the clients in their options as they come
  bundle [DIR] [--log FILE] [--capture FILE] [--output FILE]
                                        what a maintainer asks for: listed, then written with names and addresses replaced
  probe [--json]                        the facts about this host, as one JSON object
  plan [--from PATH] [--kernel RELEASE] [--json]
                                        what an installation of the module would do, step by step
  install [--from PATH] [--kernel RELEASE] [--dry-run] [--yes] [--skip STEP] [--json]
                                        show the plan, ask, and do it; PATH is a vendor's RPM,
                                        toa.ko, source folder, or a tar.gz or zip of them; here, or else on the host
  verify --port PORT [--seconds N] [--dry-run] [--json]
                                        watch connections to PORT: which link from the load balancer to the
                                        application holds, and which is broken
  uninstall [--dry-run] [--yes] [--json]   take back every step that the journal of this host tells
  mcp                                   the same for language models: an MCP server on stdin and stdout, read-only
  check-hosts [--json|--csv] HOST…      a table of hosts reached by ssh: kernel, headers, module, what to do
  ansible DIR HOST…                     writes an Ansible project that installs toa on hosts by sh alone

With --host NAME these work on another host by ssh: NAME is one of ~/.ssh/config (or of --ssh-config FILE), a host name, or
user@host. It needs nothing but sshd and sh. DIR is then a directory there.

Exit status: 0 nothing wrong, 1 findings, 2 wrong use, 3 host not reached; decode and
capture: 0 a client was found, 1 none, 2 unreadable.
`;

/** `moduleSource`: the directory with the source of our own module. */
type Command = (args: readonly string[], io: Io, moduleSource: string) => Promise<number>;

const COMMANDS: Readonly<Record<string, Command>> = {
  ansible: ansibleCommand,
  build: buildCommand,
  bundle: bundleCommand,
  capture: captureCommand,
  'check-hosts': checkHostsCommand,
  decode: (args, io) => decodeCommand(args, io),
  doctor: doctorCommand,
  explain: explainCommand,
  install: installCommand,
  mcp: mcpCommand,
  plan: planCommand,
  probe: probeCommand,
  uninstall: uninstallCommand,
  verify: verifyCommand,
};

/** Runs the terminal tool, beside which our own module's source lies in `moduleSource`. Gives the exit status; every error is one line on stderr. */
export async function runCli(argv: readonly string[], io: Io, moduleSource: string): Promise<number> {
  const [verb = '', ...args] = argv;
  if (verb === '--help' || verb === 'help') {
    io.stdout.write(USAGE);
    return STATUS.fine;
  }
  const command = Object.hasOwn(COMMANDS, verb) ? COMMANDS[verb] : undefined;
  if (command === undefined) {
    io.stderr.write(verb === '' ? USAGE : `toa-doctor: no command '${verb}'; see toa-doctor --help\n`);
    return STATUS.usage;
  }
  try {
    return await command(args, io, moduleSource);
  } catch (error) {
    io.stderr.write(`toa-doctor ${verb}: ${error instanceof Error ? error.message : String(error)}\n`);
    return error instanceof ProbeError ? STATUS.unreachable : STATUS.usage;
  }
}
