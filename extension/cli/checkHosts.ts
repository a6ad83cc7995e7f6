import { parseArgs } from 'node:util';
import { csv, plainTable, tableOf } from '../core/fleet/table';
import { checkHosts } from '../doctor/checkHosts';
import { SshHost } from '../host/ssh/sshHost';
import { STATUS, UsageError, writeJson, type Io } from './io';
import { speaker } from './language';

const OPTIONS = { json: { type: 'boolean' }, csv: { type: 'boolean' }, 'ssh-config': { type: 'string' } } as const;

/** `toa-doctor check-hosts [--json|--csv] [--ssh-config FILE] HOST…`: a table of hosts; questions are not asked, hosts that need them are told. */
export async function checkHostsCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, hosts } = parse(args);
  const say = await speaker(io.env);
  const rows = await checkHosts({
    hosts,
    // Ten that ask for passwords at once would help nobody.
    open: (name) => new SshHost(name, { configFile: values['ssh-config'], options: ['BatchMode=yes'] }),
    onRow: ({ host, state }) => io.stderr.write(`${host}: ${state}\n`),
  });
  if (values.json === true) writeJson(io, { hosts: rows.map((row) => ({ ...row, summary: say(row.summary) })) });
  else {
    const table = tableOf(rows, say);
    io.stdout.write(values.csv === true ? csv(table) : `${plainTable(table)}\n`);
  }
  if (rows.some(({ state }) => state === 'unreached')) return STATUS.unreachable;
  return rows.every(({ state }) => state === 'fine') ? STATUS.fine : STATUS.findings;
}

function parse(args: readonly string[]) {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
    if (positionals.length === 0) throw new UsageError('name the hosts to check');
    return { values, hosts: positionals };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(why.replaceAll('\n', ' '));
  }
}
