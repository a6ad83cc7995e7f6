import type { Story } from '../core/decode/story';
import type { Row } from './rows';
import type { Column } from './table';
import type { Texts } from './texts';

/** The columns of the connections' table. */
export const storyColumns: readonly Column<Story>[] = [
  { name: 'connection', heading: 'connection' },
  { name: 'story', heading: 'story', style: () => 'note' },
];

export function storyRow(story: Story, texts: Texts): Row<Story> {
  return {
    source: story,
    cells: { connection: story.connection ?? null, story: story.texts.map((text) => texts.note(text)).join(' ') },
  };
}
