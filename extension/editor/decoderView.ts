import * as vscode from 'vscode';
import { acceptanceOf } from '../core/capture/summary';
import { isToExtension, type ToPage } from '../webview/protocol';
import { openDecoderPage } from './decoderPage';
import { readSettings } from './settings';
import type { Store } from './store';
import { openCapture } from './commands/openCapture';

const VIEW = 'toa.decoder';

/** The decoder in the bottom panel. The page decodes by itself; this side only gives it text and the clipboard. */
export class DecoderView {
  private view: vscode.WebviewView | undefined;
  /** The page has said so. */
  private listens = false;
  /** What the page is to decode once it listens. */
  private waiting: ToPage | undefined;

  constructor(
    private readonly extensionUri: vscode.Uri,
    private readonly store: Store,
  ) {}

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
    this.view = view;
    this.listens = false;
    const listeners = vscode.Disposable.from(
      webview.onDidReceiveMessage((received: unknown) => {
        void this.receive(received, webview);
      }),
      this.store.onDidChange(() => {
        if (this.listens) void webview.postMessage(this.module());
      }),
      vscode.workspace.onDidChangeConfiguration((change) => {
        const kinds: ToPage = { type: 'kinds', kinds: readSettings().decoderKinds };
        if (change.affectsConfiguration('toa.decoder')) void webview.postMessage(kinds);
      }),
    );
    view.onDidDispose(() => {
      listeners.dispose();
      this.listens = false;
      this.view = undefined;
    });
    openDecoderPage(webview, this.extensionUri, 'paste');
  }

  private async receive(received: unknown, webview: vscode.Webview): Promise<void> {
    if (!isToExtension(received)) return;
    switch (received.type) {
      case 'copy':
        await vscode.env.clipboard.writeText(received.text);
        break;
      case 'open':
        await openCapture();
        break;
      case 'ready':
        this.listens = true;
        await webview.postMessage(this.module());
        await this.send(webview);
        break;
      case 'cancel': // only a file that the extension reads is stopped by it
    }
  }

  /** What the module on this host reads, for the stories of connections. */
  private module(): ToPage {
    const { facts } = this.store.state;
    return { type: 'module', module: facts === undefined ? undefined : acceptanceOf(facts.toa) };
  }

  private async send(webview: vscode.Webview): Promise<void> {
    const message = this.waiting;
    if (message !== undefined && (await webview.postMessage(message))) this.waiting = undefined;
  }
}
