import type { DialectTable } from '../core/decode/dialects';
import { tellMissing } from '../core/decode/handshakes';
import { message } from '../core/message';
import { detailOf } from '../core/messageError';
import { byId, keepFocus } from './dom';
import type { Output } from './output';
import type { Batch, Ending } from './protocol';
import { isPacked, isText, readCapture } from './read-capture';
import type { Texts } from './texts';

/** Text beyond this is decoded, and not put where it could be edited. */
const LONGEST_TEXT = 1 << 20;

/** The file that is shown: read here when it was dropped on the page, else by the extension. */
export class FileReading {
  /** Whether a file is shown, and not the text. */
  shown = false;
  private name = '';
  private frames = 0;
  /** Stops the reading of a dropped file. */
  private stop: AbortController | undefined;
  private readonly bar = byId('file', HTMLElement);
  private readonly text = byId('file-text', HTMLElement);
  private readonly progress = byId('progress', HTMLProgressElement);
  private readonly cancel = byId('cancel', HTMLElement);
  private readonly summary = byId('summary', HTMLElement);

  constructor(
    private readonly output: Output,
    private readonly texts: Texts,
    cancelExtension: () => void,
  ) {
    this.cancel.addEventListener('click', () => {
      if (this.stop === undefined) cancelExtension();
      else this.stop.abort();
    });
  }

  /** What follows is of this file. */
  begin(name: string): void {
    this.leave();
    this.shown = true;
    this.name = name;
    this.frames = 0;
    this.output.clear();
    this.output.render();
    byId('empty', HTMLElement).hidden = true;
    this.summary.textContent = '';
    this.bar.hidden = false;
    this.progress.hidden = this.cancel.hidden = false;
    this.progress.value = 0;
    this.tell();
  }

  add(batch: Batch): void {
    this.frames = batch.frames;
    this.progress.value = batch.share;
    this.output.add(batch);
    this.tell();
  }

  /** Says how it ended, and with which counts. */
  end({ cancelled, problem, handshakes }: Ending): void {
    const { total: results, count: clients } = this.output.found;
    keepFocus(
      () => {
        this.progress.hidden = this.cancel.hidden = true;
      },
      () => document.querySelector<HTMLElement>('[role="tab"][aria-selected="true"]'),
    );
    this.text.textContent = this.name;
    this.output.setHandshakes(handshakes);
    this.summary.classList.remove('spoken');
    const parts = [
      ...(cancelled ? [this.texts.text('cancelled')] : []),
      this.texts.text('summaryFile', { clients, results, frames: this.frames }),
      ...(problem === undefined ? [] : [this.texts.note(problem)]),
    ];
    this.summary.textContent = parts.join('. ');
    if (results > 0 || problem !== undefined || cancelled) return;
    byId('empty', HTMLElement).hidden = false;
    byId('empty-title', HTMLElement).textContent = this.texts.text('nothingTitle');
    const missing = handshakes === undefined ? undefined : tellMissing(handshakes);
    byId('empty-text', HTMLElement).textContent =
      missing === undefined ? this.texts.text('nothingFile') : this.texts.note(missing);
  }

  /** The text is shown again. */
  leave(): void {
    this.stop?.abort();
    this.stop = undefined;
    this.shown = false;
    this.bar.hidden = true;
  }

  /** Reads a file that was dropped on the page: short text goes where it can be edited, anything else is decoded as it comes. */
  async read(file: File, dialects: DialectTable, useText: (text: string) => void): Promise<void> {
    const head = new Uint8Array(await file.slice(0, 4096).arrayBuffer());
    if (isText(head) && file.size <= LONGEST_TEXT) {
      useText(await file.text());
      return;
    }
    this.begin(file.name);
    const stop = new AbortController();
    this.stop = stop;
    const report = (batch: Batch): void => {
      if (this.stop === stop) this.add(batch);
    };
    const ending = await readCapture(contentOf(file, isPacked(head)), dialects, stop.signal, report).catch(
      (error: unknown): Ending => ({
        cancelled: false,
        problem: message('{name} cannot be read: {detail}', { name: file.name, detail: detailOf(error) }),
      }),
    );
    if (this.stop !== stop) return;
    this.end(ending);
    this.stop = undefined;
  }

  private tell(): void {
    this.text.textContent = this.texts.text('reading', { name: this.name, frames: this.frames });
  }
}

/** The bytes of a file as they come, unpacked, each with the share of the file that is read. */
async function* contentOf(file: File, packed: boolean): AsyncGenerator<{ bytes: Uint8Array; share: number }> {
  let read = 0;
  const counted = file.stream().pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(chunk, controller) {
        read += chunk.length;
        controller.enqueue(chunk);
      },
    }),
  );
  const reader = (packed ? counted.pipeThrough(new DecompressionStream('gzip')) : counted).getReader();
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read())
      yield { bytes: part.value, share: read / file.size };
  } finally {
    await reader.cancel();
  }
}
