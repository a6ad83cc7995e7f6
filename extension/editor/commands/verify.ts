import * as vscode from 'vscode';
import { captureRequest } from '../../core/capture/request';
import type { Facts } from '../../core/facts';
import { stays } from '../../core/plan/stay';
import type { Verdict } from '../../core/verify/chain';
import { readSelfTestSource } from '../../doctor/plan/moduleSource';
import { verify } from '../../doctor/verify/verify';
import { LocalHost } from '../../host/local';
import { VERDICT_COMMANDS, verdictPage } from '../../webview/verdictPage';
import { pageNonce } from '../pageParts';
import type { Session } from '../session';
import { untilStopped, type Progress } from '../stoppable';
import { translate } from '../translate';

const SECONDS = 30;

/** "TOA: Verify Client Address…": watches connections to a service, and says which link of the chain is broken, with proof. The page of a result gives the port. */
export async function verifyClientAddress(session: Session, moduleSource: string, given: unknown): Promise<void> {
  await session.ready();
  const port = typeof given === 'number' ? given : await askPort();
  if (port === undefined) return;
  // Anew: the module may have been loaded since.
  await session.refreshShown();
  const { facts } = session.store.state;
  if (facts === undefined) return;
  const verdict = await watch(session, facts, port, moduleSource);
  session.store.update({ verified: verdict.links.every(({ state }) => state === 'holds') });
  session.log.info(`verify ${port}: ${verdict.cause ?? 'nothing broken'}`);
  showVerdict(verdict, port, facts, session.host.name);
}

async function askPort(): Promise<number | undefined> {
  const answer = await vscode.window.showInputBox({
    title: vscode.l10n.t('Port of the service'),
    prompt: vscode.l10n.t('The port that the application listens on, on this host.'),
    ignoreFocusOut: true,
    validateInput(value) {
      const request = captureRequest({ port: value });
      if ('problem' in request) return translate(request.problem);
      return request.port === undefined ? vscode.l10n.t('A number from 1 to 65535.') : undefined;
    },
  });
  return answer === undefined ? undefined : Number(answer.trim());
}

/** Stopping it ends the watch; what came until then is judged. */
async function watch(session: Session, facts: Facts, port: number, moduleSource: string): Promise<Verdict> {
  const selfTest = await readSelfTestSource(new LocalHost(), moduleSource);
  const title = vscode.l10n.t('Watching port {port} for {seconds} s: let a client connect through the load balancer', {
    port,
    seconds: SECONDS,
  });
  return untilStopped(title, async (signal, progress) => {
    const clock = new AbortController();
    const onListening = (command: readonly string[] | undefined): void => {
      if (command !== undefined) countDown(progress, clock.signal);
    };
    try {
      return await verify(session.host, { facts, port, seconds: SECONDS, selfTest, signal, onListening });
    } finally {
      clock.abort();
    }
  });
}

/** Moves the bar each second, from when it listens. */
function countDown(progress: Progress, signal: AbortSignal): void {
  let left = SECONDS;
  const timer = setInterval(() => {
    left = Math.max(0, left - 1);
    progress.report({ increment: 100 / SECONDS, message: vscode.l10n.t('{left} s left', { left }) });
  }, 1000);
  signal.addEventListener('abort', () => {
    clearInterval(timer);
  });
}

function showVerdict(verdict: Verdict, port: number, facts: Facts, host: string): void {
  const title = vscode.l10n.t('Client address, port {port}', { port });
  const panel = vscode.window.createWebviewPanel('toa.verdict', title, vscode.ViewColumn.Active, {
    enableScripts: false,
    enableFindWidget: true,
    localResourceRoots: [],
    enableCommandUris: VERDICT_COMMANDS,
  });
  panel.webview.html = verdictPage({
    verdict,
    port,
    host,
    stays: stays(facts),
    say: translate,
    nonce: pageNonce(),
    language: vscode.env.language,
  });
}
