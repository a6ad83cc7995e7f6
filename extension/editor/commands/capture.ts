import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import { missingTcpdump, printCommand, SNAPSHOT, sudoCapture, tcpdumpOf } from '../../core/capture/command';
import type { CaptureRequest } from '../../core/capture/request';
import { captureSummary } from '../../core/capture/summary';
import type { Facts } from '../../core/facts';
import { MessageError } from '../../core/messageError';
import { shellText } from '../../core/shellText';
import type { CaptureReport } from '../../doctor/capture';
import type { Host } from '../../host/host';
import { confirmCommands } from '../confirmCommands';
import type { DecoderView } from '../decoderView';
import { applyRemedy } from '../remedies';
import type { Session } from '../session';
import { runInTerminal } from '../terminalTask';
import { translate } from '../translate';
import { askCapture } from './askCapture';
import { runCapture } from './runCapture';

/** "TOA: Capture Handshakes…": asks what to capture, shows the command, runs it, and streams what comes into the decoder. */
export async function captureHandshakes(session: Session, decoder: DecoderView): Promise<void> {
  const facts = await session.ready();
  const tcpdump = tcpdumpOf(facts);
  if (tcpdump === undefined) {
    await offerTcpdump(facts, session);
    return;
  }
  const request = await askCapture(session.host);
  if (request === undefined) return;
  const bySudo = facts.user.privilege === 'sudo' || facts.user.privilege === 'sudo-password';
  const report = await (bySudo ? captureInTerminal : captureHere)(session, decoder, tcpdump, request);
  if (report !== undefined) tell(report, facts);
}

async function offerTcpdump(facts: Facts, session: Session): Promise<void> {
  const { problem, remedy } = missingTcpdump(facts);
  if (remedy === undefined) throw new Error(translate(problem));
  const install = translate(remedy.title);
  if ((await vscode.window.showErrorMessage(translate(problem), install)) === install) {
    await applyRemedy(remedy, session);
  }
}

/** Shows the exact commands, and how the capture ends. */
function confirmed(
  host: Host,
  commands: readonly (readonly string[])[],
  { seconds, packets }: CaptureRequest,
  run: string,
): Promise<boolean> {
  const limits = vscode.l10n.t(
    'It ends after {seconds} seconds or {packets} packets, and keeps the first {bytes} bytes of each.',
    { seconds, packets, bytes: SNAPSHOT },
  );
  const title = vscode.l10n.t('Capture the beginning of connections with tcpdump?');
  return confirmCommands({ title, host: host.name, commands, above: [limits], run });
}

type Capturing = (
  session: Session,
  decoder: DecoderView,
  tcpdump: string,
  request: CaptureRequest,
) => Promise<CaptureReport | undefined>;

/** As the user who runs the editor: root, or one who may capture. */
const captureHere: Capturing = async (session, decoder, tcpdump, request) => {
  const command = printCommand(tcpdump, request);
  if (!(await confirmed(session.host, [command], request, vscode.l10n.t('Capture')))) return undefined;
  return runCapture(session, decoder, command, request.seconds);
};

/** In a terminal by sudo, which may ask for a password there. The packets go to a file that only this user can reach, and from it to the decoder. */
const captureInTerminal: Capturing = async (session, decoder, tcpdump, request) => {
  const { host, log } = session;
  const steps = sudoCapture(tcpdump, request, `/tmp/toa-doctor-${randomUUID()}`);
  const all = [...steps.prepare, steps.capture, steps.read, steps.remove];
  if (!(await confirmed(host, all, request, vscode.l10n.t('Run in Terminal')))) return undefined;
  try {
    for (const command of steps.prepare) await runQuietly(host, command);
    log.info(`run on request: ${shellText(steps.capture)}`);
    await runInTerminal(session.place, steps.capture, vscode.l10n.t('Capture'));
    const written = await host.stat(steps.file);
    if (written === undefined || written.size === 0)
      throw new Error(vscode.l10n.t('tcpdump captured nothing; the terminal shows its reason.'));
    return await runCapture(session, decoder, steps.read);
  } finally {
    await host.run({ argv: steps.remove });
  }
};

/** Runs one of the commands that were shown; rejects with its own words when it fails. */
async function runQuietly(host: Host, argv: readonly [string, ...string[]]): Promise<void> {
  const { code, stderr, reason } = await host.run({ argv });
  if (code === 0) return;
  throw reason === undefined ? new Error(stderr.trim() || shellText(argv)) : new MessageError(reason);
}

function tell({ problem, count, dropped }: CaptureReport, facts: Facts): void {
  if (problem !== undefined) throw new Error(translate(problem));
  const lost =
    dropped === undefined || dropped === 0
      ? []
      : [vscode.l10n.t('The kernel dropped {dropped} packets: choose a port or an interface.', { dropped })];
  void vscode.window.showInformationMessage([...captureSummary(count, facts.toa).map(translate), ...lost].join(' '));
}
