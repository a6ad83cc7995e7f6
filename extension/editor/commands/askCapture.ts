import * as vscode from 'vscode';
import { CAPTURE_DEFAULTS, captureRequest, isInterfaceName, type CaptureRequest } from '../../core/capture/request';
import type { Host } from '../../host/host';
import { translate } from '../translate';

/** Asks on which interface, of which port and for how long; `undefined` when the user leaves it. */
export async function askCapture(host: Host): Promise<CaptureRequest | undefined> {
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
