import * as vscode from 'vscode';
import { captureRequest } from '../../core/capture/request';
import type { Facts } from '../../core/facts';
import type { Verdict } from '../../core/verify/chain';
import { readSelfTestSource } from '../../doctor/plan/moduleSource';
import { verify } from '../../doctor/verify/verify';
import { LocalHost } from '../../host/local';
import type { Session } from '../session';
import { translate } from '../translate';
import { showText } from './install';

const SECONDS = 30;

/** "TOA: Verify Client Address…": watches connections to a service, and says which link of the chain is broken, with proof. */
export async function verifyClientAddress(session: Session, moduleSource: string): Promise<void> {
  await session.ready();
  const port = await askPort();
  if (port === undefined) return;
  // Anew: the module may have been loaded since.
  await session.refresh();
  const { facts } = session.store.state;
  if (facts === undefined) return;
  const verdict = await watch(session, facts, port, moduleSource);
  session.store.update({ verified: verdict.links.every(({ state }) => state === 'holds') });
  session.log.info(`verify ${port}: ${verdict.cause ?? 'nothing broken'}`);
  const proof = vscode.l10n.t('Show Proof');
  const show = verdict.cause === undefined ? vscode.window.showInformationMessage : vscode.window.showWarningMessage;
  if ((await show(translate(verdict.conclusion), proof)) === proof) await showText(proofText(verdict));
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

async function watch(session: Session, facts: Facts, port: number, moduleSource: string): Promise<Verdict> {
  const selfTest = await readSelfTestSource(new LocalHost(), moduleSource);
  const title = vscode.l10n.t('Watching port {port} for {seconds} s: let a client connect through the load balancer', {
    port,
    seconds: SECONDS,
  });
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (_, cancellation) => {
    const stopping = new AbortController();
    cancellation.onCancellationRequested(() => {
      stopping.abort();
    });
    return verify(session.host, { facts, port, seconds: SECONDS, selfTest, signal: stopping.signal });
  });
}

function proofText({ links, conclusion }: Verdict): string {
  const states = {
    holds: vscode.l10n.t('holds'),
    broken: vscode.l10n.t('BROKEN'),
    unknown: vscode.l10n.t('not known'),
  };
  const lines = links.map(({ state, title, proof }) =>
    [`${states[state]}: ${translate(title)}`, ...proof.map((line) => `    ${line}`)].join('\n'),
  );
  return `${translate(conclusion)}\n\n${lines.join('\n')}\n`;
}
