import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { decoderPage, translateDecoderStrings } from '../webview/page';
import { isToExtension, type ToPage } from '../webview/protocol';

const VIEW = 'toa.decoder';

/** The decoder in the bottom panel. The page decodes by itself; this side only gives it text and the clipboard. */
export class DecoderView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private view: vscode.WebviewView | undefined;
  /** What the page is to decode once it listens. */
  private waiting: ToPage | undefined;

  constructor(private readonly extensionUri: vscode.Uri) {
    this.registration = vscode.window.registerWebviewViewProvider(VIEW, this);
  }

  /** Shows the panel, with a text to decode if one is given. */
  async reveal(text?: string): Promise<void> {
    if (text !== undefined) this.waiting = { type: 'decode', text };
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    if (this.view !== undefined) await this.send(this.view.webview);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.view = view;
    const listener = webview.onDidReceiveMessage((received: unknown) => {
      void this.receive(received, webview);
    });
    view.onDidDispose(() => {
      listener.dispose();
      this.view = undefined;
    });
    webview.html = decoderPage({
      cspSource: webview.cspSource,
      scriptUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'decoder.js')).toString(),
      styleUri: webview.asWebviewUri(vscode.Uri.joinPath(dist, 'decoder-style.css')).toString(),
      nonce: randomUUID().replaceAll('-', ''),
      strings: translateDecoderStrings((english) => vscode.l10n.t(english)),
      translations: vscode.l10n.bundle ?? {},
      language: vscode.env.language,
    });
  }

  private async receive(received: unknown, webview: vscode.Webview): Promise<void> {
    if (!isToExtension(received)) return;
    if (received.type === 'copy') await vscode.env.clipboard.writeText(received.text);
    else await this.send(webview);
  }

  /** A page that does not listen yet keeps the text waiting: it asks for it when it is ready. */
  private async send(webview: vscode.Webview): Promise<void> {
    const message = this.waiting;
    if (message !== undefined && (await webview.postMessage(message))) this.waiting = undefined;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
