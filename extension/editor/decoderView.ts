import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { decoderPage, translateDecoderStrings } from '../webview/page';
import { isToExtension, type ToPage } from '../webview/protocol';

const VIEW = 'toa.decoder';

/** The decoder in the bottom panel. The page decodes by itself; this side only gives it text and the clipboard. */
export class DecoderView implements vscode.WebviewViewProvider, vscode.Disposable {
  private readonly registration: vscode.Disposable;
  private view: vscode.WebviewView | undefined;
  /** The page has said so; a hidden page is gone, and says it anew when it is shown. */
  private listens = false;
  /** What the page is to decode once it listens. */
  private waiting: ToPage | undefined;

  constructor(private readonly extensionUri: vscode.Uri) {
    this.registration = vscode.window.registerWebviewViewProvider(VIEW, this);
  }

  /** Shows the panel, with a text to decode if one is given. */
  async reveal(text?: string): Promise<void> {
    if (text !== undefined) this.waiting = { type: 'decode', text };
    await vscode.commands.executeCommand(`${VIEW}.focus`);
    if (this.view !== undefined && this.listens) await this.send(this.view.webview);
  }

  /** Replaces the text and leaves the focus where it is: for text that grows, as of a capture that runs. */
  async update(text: string): Promise<void> {
    this.waiting = { type: 'decode', text };
    if (this.view !== undefined && this.listens) await this.send(this.view.webview);
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    const { webview } = view;
    const dist = vscode.Uri.joinPath(this.extensionUri, 'dist');
    webview.options = { enableScripts: true, localResourceRoots: [dist] };
    this.view = view;
    const listeners = vscode.Disposable.from(
      webview.onDidReceiveMessage((received: unknown) => {
        void this.receive(received, webview);
      }),
      view.onDidChangeVisibility(() => {
        this.listens &&= view.visible;
      }),
    );
    view.onDidDispose(() => {
      listeners.dispose();
      this.listens = false;
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
    if (received.type === 'copy') {
      await vscode.env.clipboard.writeText(received.text);
      return;
    }
    this.listens = true;
    await this.send(webview);
  }

  private async send(webview: vscode.Webview): Promise<void> {
    const message = this.waiting;
    if (message !== undefined && (await webview.postMessage(message))) this.waiting = undefined;
  }

  dispose(): void {
    this.registration.dispose();
  }
}
