import * as vscode from 'vscode';
import { isToExtension, type ToExtension } from '../webview/protocol';
import { CaptureReading } from './captureReading';
import { openDecoderPage } from './decoderPage';

/** A capture that is open, for as long as one of its editors is. */
export interface CaptureDocument extends vscode.CustomDocument {
  readonly reading: CaptureReading;
}

/** Opens a capture, to be read anew whenever it changes. */
export function openCaptureDocument(uri: vscode.Uri): CaptureDocument {
  const reading = new CaptureReading(uri);
  const watching = watch(uri, () => {
    reading.changed();
  });
  return {
    uri,
    reading,
    dispose() {
      watching.dispose();
      reading.cancel();
    },
  };
}

/** Shows it in the decoder's page. The extension reads it as a stream: the page never has the file. */
export function showCapture({ reading }: CaptureDocument, webview: vscode.Webview, extensionUri: vscode.Uri): void {
  webview.onDidReceiveMessage((received: unknown) => {
    if (isToExtension(received)) void receive(received, reading, webview);
  });
  openDecoderPage(webview, extensionUri, 'file');
}

/** Milliseconds without a change until a file is read anew: one that a tcpdump writes changes all the time. */
const CALM = 1000;

/** Tells when the file was written or replaced. */
function watch(uri: vscode.Uri, changed: () => void): vscode.Disposable {
  const folder = vscode.Uri.joinPath(uri, '..');
  const name = uri.path.slice(uri.path.lastIndexOf('/') + 1);
  // In a pattern some characters of a name would stand for others.
  const pattern = new vscode.RelativePattern(folder, name.replace(/[[\]{}?*!]/g, '?'));
  const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
  let waiting: NodeJS.Timeout | undefined;
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(changed, CALM);
  };
  return vscode.Disposable.from(watcher, watcher.onDidChange(soon), watcher.onDidCreate(soon), {
    dispose() {
      clearTimeout(waiting);
    },
  });
}

async function receive(received: ToExtension, reading: CaptureReading, webview: vscode.Webview): Promise<void> {
  switch (received.type) {
    case 'ready':
      reading.show((message) => {
        void webview.postMessage(message);
      });
      break;
    case 'cancel':
      reading.cancel();
      break;
    case 'copy':
      await vscode.env.clipboard.writeText(received.text);
      break;
    case 'open': // a page that shows a file has no such button
  }
}
