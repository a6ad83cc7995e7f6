import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import { missingTcpdump, printCommand, sudoCapture, tcpdumpOf } from '../../core/capture/command';
import { CAPTURE_DEFAULTS, captureRequest, isInterfaceName, type CaptureRequest } from '../../core/capture/request';
import { captureSummary } from '../../core/capture/summary';
import type { Facts } from '../../core/facts';
import { MessageError } from '../../core/messageError';
import { shellText } from '../../core/shellText';
import { capture, type CaptureReport } from '../../doctor/capture';
import type { Host } from '../../host/host';
import type { DecoderView } from '../decoderView';
import { applyRemedy } from '../remedies';
import type { Session } from '../session';
import { runInTerminal } from '../terminalTask';
import { translate } from '../translate';

/** "TOA: Capture Handshakes…": asks what to capture, shows the command, runs it, and streams what comes into the decoder. */
export async function captureHandshakes(session: Session, decoder: DecoderView): Promise<void> {
  await session.ready();
  const { facts } = session.store.state;
  if (facts === undefined) return;
  const tcpdump = tcpdumpOf(facts);
  if (tcpdump === undefined) {
    await offerTcpdump(facts, session);
    return;
  }
  const request = await askRequest(session.host);
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

async function askRequest(host: Host): Promise<CaptureRequest | undefined> {
  const interfaceName = await vscode.window.showQuickPick(['any', ...(await interfacesOf(host))], {
    title: vscode.l10n.t('Capture on which network interface?'),
  });
  if (interfaceName === undefined) return undefined;
  const port = await ask('port', {
    title: vscode.l10n.t('Port of the service'),
    prompt: vscode.l10n.t('Empty: every port, and the connections that this host itself opens.'),
  });
  if (port === undefined) return undefined;
  const seconds = await ask('seconds', {
    title: vscode.l10n.t('Capture for how many seconds?'),
    value: CAPTURE_DEFAULTS.seconds,
  });
  if (seconds === undefined) return undefined;
  const request = captureRequest({ interface: interfaceName, port, seconds });
  if ('problem' in request) throw new Error(translate(request.problem));
  return request;
}

function ask(field: 'port' | 'seconds', options: vscode.InputBoxOptions): Thenable<string | undefined> {
  return vscode.window.showInputBox({
    ...options,
    ignoreFocusOut: true,
    validateInput(value) {
      const request = captureRequest({ [field]: value });
      return 'problem' in request ? translate(request.problem) : undefined;
    },
  });
}

async function interfacesOf(host: Host): Promise<readonly string[]> {
  const entries = await host.readDirectory('/sys/class/net').catch(() => []);
  return entries.map(({ name }) => name).filter(isInterfaceName);
}

/** Shows the exact commands; nothing runs before a yes. */
async function confirmed(
  host: Host,
  commands: readonly (readonly string[])[],
  { seconds, packets }: CaptureRequest,
  run: string,
): Promise<boolean> {
  const copy = vscode.l10n.t('Copy');
  const text = commands.map(shellText).join('\n');
  const shown = vscode.l10n.t('On {host}:\n{commands}', { host: host.name, commands: text });
  const limits = vscode.l10n.t(
    'It ends after {seconds} seconds or {packets} packets, and keeps the first 128 bytes of each.',
    { seconds, packets },
  );
  const detail = `${limits}\n\n${shown}`;
  const title = vscode.l10n.t('Capture the beginning of connections with tcpdump?');
  const answer = await vscode.window.showInformationMessage(title, { modal: true, detail }, run, copy);
  if (answer === copy) await vscode.env.clipboard.writeText(text);
  return answer === run;
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
  return run(session, decoder, command, request.seconds);
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
    return await run(session, decoder, steps.read);
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

/** Runs what prints packets, with progress and a button to stop it; what came until then counts. */
async function run(
  session: Session,
  decoder: DecoderView,
  command: readonly [string, ...string[]],
  seconds?: number,
): Promise<CaptureReport> {
  session.log.info(`capture: ${shellText(command)}`);
  await decoder.reveal('');
  const title =
    seconds === undefined
      ? vscode.l10n.t('Reading the captured packets')
      : vscode.l10n.t('Capturing for {seconds} s', { seconds });
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, async (progress, cancellation) => {
    const stopping = new AbortController();
    cancellation.onCancellationRequested(() => {
      stopping.abort();
    });
    const page = new GrowingText(decoder);
    let clients = 0;
    const report = await capture(session.host, command, {
      ...(seconds === undefined ? {} : { seconds }),
      signal: stopping.signal,
      onText: (lines) => {
        page.add(lines);
      },
      onResults: (results) => {
        clients += results.filter(({ client }) => client !== null).length;
        progress.report({ message: vscode.l10n.t('options with a client’s address: {clients}', { clients }) });
      },
    });
    await page.end();
    return report;
  });
}

/** Milliseconds between two updates of the page, which decodes all of its text each time. */
const PAUSE = 400;

/** Sends a text to the page as it grows, all of what came in a while at once. */
class GrowingText {
  private text = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly decoder: DecoderView) {}

  add(lines: string): void {
    this.text += lines;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.decoder.update(this.text);
    }, PAUSE);
  }

  async end(): Promise<void> {
    clearTimeout(this.timer);
    await this.decoder.update(this.text);
  }
}

function tell({ problem, count, dropped }: CaptureReport, facts: Facts): void {
  if (problem !== undefined) throw new Error(translate(problem));
  const lost =
    dropped === undefined || dropped === 0
      ? []
      : [vscode.l10n.t('The kernel dropped {dropped} packets: choose a port or an interface.', { dropped })];
  void vscode.window.showInformationMessage([...captureSummary(count, facts.toa).map(translate), ...lost].join(' '));
}
