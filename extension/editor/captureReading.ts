import * as vscode from 'vscode';
import { dialectTable } from '../core/decode/dialects';
import { message } from '../core/message';
import { Found } from '../webview/found';
import type { Batch, Ending, ToPage } from '../webview/protocol';
import { readCapture } from '../webview/read-capture';
import { captureContent } from './captureContent';
import { readSettings } from './settings';

/** The reading of one capture. It keeps what was found, so that a page which was hidden or moved gets it again. */
export class CaptureReading {
  readonly name: string;
  private readonly found = new Found();
  private readonly stop = new AbortController();
  private frames = 0;
  private share = 0;
  private ending: Ending | undefined;
  private page: ((sent: ToPage) => void) | undefined;

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
    this.stop.abort();
  }

  private async read(): Promise<void> {
    this.ending = await readCapture(
      captureContent(this.uri, this.stop.signal),
      dialectTable(readSettings().decoderKinds),
      this.stop.signal,
      (batch) => {
        this.add(batch);
      },
    ).catch((error: unknown) => this.failed(error));
    this.page?.({ type: 'end', ending: this.ending });
  }

  private add(batch: Batch): void {
    this.found.add(batch.results, batch.clients, batch.found);
    this.frames = batch.frames;
    this.share = batch.share;
    this.page?.({ type: 'batch', batch });
  }

  private failed(error: unknown): Ending {
    if (this.stop.signal.aborted) return { cancelled: true };
    const detail = error instanceof Error ? error.message : String(error);
    return { cancelled: false, problem: message('{name} cannot be read: {detail}', { name: this.name, detail }) };
  }
}
