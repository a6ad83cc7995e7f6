import type { DecoderView } from '../decoderView';
import { selectedText } from '../selectedText';

/** "TOA: Decode Selection": the selected text, or the clipboard where nothing is selected, in the decoder panel. */
export async function decodeSelection(decoder: DecoderView): Promise<void> {
  await decoder.reveal(await selectedText());
}
