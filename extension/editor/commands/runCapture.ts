import * as vscode from 'vscode';
import { shellText } from '../../core/shellText';
import { capture, type CaptureReport } from '../../doctor/capture';
import type { DecoderView } from '../decoderView';
import type { Session } from '../session';
import { untilStopped } from '../stoppable';

/** Runs what prints packets, with progress and a button to stop it; what came until then counts. */
export async function runCapture(
  session: Session,
  decoder: DecoderView,
  command: readonly [string, ...string[]],
  seconds?: number,
): Promise<CaptureReport> {
  session.log.info(`capture: ${shellText(command)}`);
  await decoder.reveal('');
  const title =
    seconds === undefined
      ? vscode.l10n.t('Reading the captured packets')
      : vscode.l10n.t('Capturing for {seconds} s', { seconds });
  return untilStopped(title, async (signal, progress) => {
    const page = new GrowingText(decoder);
    let clients = 0;
    const report = await capture(session.host, command, {
      ...(seconds === undefined ? {} : { seconds }),
      signal,
      onText: (lines) => {
        page.add(lines);
      },
      onResults: (results) => {
        clients += results.filter(({ client }) => client !== null).length;
        progress.report({ message: vscode.l10n.t('options with a client’s address: {clients}', { clients }) });
      },
    });
    await page.end();
    return report;
  });
}

/** Milliseconds between two updates of the page, which decodes all of its text each time. */
const PAUSE = 400;

/** Sends a text to the page as it grows, all of what came in a while at once. */
class GrowingText {
  private text = '';
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly decoder: DecoderView) {}

  add(lines: string): void {
    this.text += lines;
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      void this.decoder.update(this.text);
    }, PAUSE);
  }

  async end(): Promise<void> {
    clearTimeout(this.timer);
    await this.decoder.update(this.text);
  }
}
