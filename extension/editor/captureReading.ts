import * as vscode from 'vscode';
import { dialectTable } from '../core/decode/dialects';
import { message } from '../core/message';
import { detailOf } from '../core/messageError';
import { Found } from '../webview/found';
import type { Batch, Ending, ToPage } from '../webview/protocol';
import { readCapture } from '../webview/read-capture';
import { captureContent } from './captureContent';
import { readSettings } from './settings';

/** The reading of one capture. It keeps what was found, so that a page which was hidden or moved gets it again. */
export class CaptureReading {
  readonly name: string;
  private found = new Found();
  private stop = new AbortController();
  private frames = 0;
  private share = 0;
  private ending: Ending | undefined;
  private page: ((sent: ToPage) => void) | undefined;
  /** The file has changed while it was read. */
  private outdated = false;

  constructor(private readonly uri: vscode.Uri) {
    this.name = vscode.workspace.asRelativePath(uri);
  }

  /** Shows everything found until now, and what comes after. The first page starts the reading. */
  show(page: (sent: ToPage) => void): void {
    const started = this.page !== undefined;
    this.page = page;
    page({ type: 'file', name: this.name });
    if (!started) {
      void this.read();
      return;
    }
    const { results, clients, total } = this.found;
    page({ type: 'batch', batch: { results, clients, found: total, frames: this.frames, share: this.share } });
    if (this.ending !== undefined) page({ type: 'end', ending: this.ending });
  }

  /** Stops the reading; what was found stays. */
  cancel(): void {
    this.outdated = false;
    this.stop.abort();
  }

  /** The file has changed: reads it anew, once the reading that runs has ended. */
  changed(): void {
    if (this.page === undefined) return;
    if (this.ending === undefined) this.outdated = true;
    else void this.read();
  }

  private async read(): Promise<void> {
    do {
      this.begin();
      const { signal } = this.stop;
      const ending = await readCapture(
        captureContent(this.uri, signal),
        dialectTable(readSettings().decoderKinds),
        signal,
        (batch) => {
          this.add(batch);
        },
      ).catch((error: unknown) => this.failed(error));
      this.ending = ending;
      this.page?.({ type: 'end', ending });
    } while (this.outdated);
  }

  private begin(): void {
    if (this.ending !== undefined) this.page?.({ type: 'file', name: this.name });
    this.found = new Found();
    this.stop = new AbortController();
    this.frames = 0;
    this.share = 0;
    this.ending = undefined;
    this.outdated = false;
  }

  private add(batch: Batch): void {
    this.found.add(batch.results, batch.clients, batch.found);
    this.frames = batch.frames;
    this.share = batch.share;
    this.page?.({ type: 'batch', batch });
  }

  private failed(error: unknown): Ending {
    if (this.stop.signal.aborted) return { cancelled: true };
    const detail = detailOf(error);
    return { cancelled: false, problem: message('{name} cannot be read: {detail}', { name: this.name, detail }) };
  }
}
