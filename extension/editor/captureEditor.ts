import * as vscode from 'vscode';
import { isToExtension, type ToExtension } from '../webview/protocol';
import { CaptureReading } from './captureReading';
import { openDecoderPage } from './decoderPage';

const VIEW_TYPE = 'toa.capture';

interface CaptureDocument extends vscode.CustomDocument {
  readonly reading: CaptureReading;
}

/** Opens captures read-only in the decoder's page. The extension reads them as a stream: the page never has the file. */
export function registerCaptureEditor(extensionUri: vscode.Uri): vscode.Disposable {
  return vscode.window.registerCustomEditorProvider(VIEW_TYPE, {
    openCustomDocument(uri): CaptureDocument {
      const reading = new CaptureReading(uri);
      return {
        uri,
        reading,
        dispose() {
          reading.cancel();
        },
      };
    },
    resolveCustomEditor({ reading }: CaptureDocument, { webview }) {
      webview.onDidReceiveMessage((received: unknown) => {
        if (isToExtension(received)) void receive(received, reading, webview);
      });
      openDecoderPage(webview, extensionUri, 'file');
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
