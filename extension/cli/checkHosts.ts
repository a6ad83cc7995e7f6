import { csv, plainTable, tableOf } from '../core/fleet/table';
import { message } from '../core/message';
import { checkHosts } from '../doctor/checkHosts';
import { lend } from '../host/host';
import { SshHost } from '../host/ssh/sshHost';
import { UsageError } from './arguments';
import { command } from './command';
import { STATUS, writeJson } from './io';
import { speaker } from './language';
import { AS_JSON, SSH_CONFIG } from './options';

const ABOUT = {
  operands: 'HOST…',
  about: message('a table of hosts, reached by ssh without questions: kernel, headers, module, what to do'),
  options: { csv: { type: 'boolean', about: message('write the table as CSV') }, ...AS_JSON, ...SSH_CONFIG },
} as const;

export const checkHostsCommand = command(ABOUT, async ({ values, operands: hosts }, io) => {
  if (hosts.length === 0) throw new UsageError(message('name the hosts to check'));
  const say = await speaker(io.env);
  const rows = await checkHosts({
    hosts,
    // Ten that ask for passwords at once would help nobody.
    lend: (name, work) =>
      lend(new SshHost(name, { configFile: values['ssh-config'], options: ['BatchMode=yes'] }), work),
    onRow: ({ host, state }) => io.stderr.write(`${host}: ${state}\n`),
  });
  if (values.json === true) writeJson(io, { hosts: rows.map((row) => ({ ...row, summary: say(row.summary) })) });
  else {
    const table = tableOf(rows, say);
    io.stdout.write(values.csv === true ? csv(table) : `${plainTable(table)}\n`);
  }
  if (rows.some(({ state }) => state === 'unreached')) return STATUS.unreachable;
  return rows.every(({ state }) => state === 'fine') ? STATUS.fine : STATUS.findings;
});
