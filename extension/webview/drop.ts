export interface DropActions {
  readonly text: (text: string) => void;
  readonly file: (file: File) => Promise<void>;
}

/** Lets a file or a text be dropped anywhere on the page. */
export function acceptDrops(page: HTMLElement, { text, file }: DropActions): void {
  const over = (on: boolean): void => {
    page.classList.toggle('dropping', on);
  };
  page.addEventListener('dragenter', (event) => {
    event.preventDefault();
  });
  page.addEventListener('dragover', (event) => {
    event.preventDefault();
    // Else the editor takes the drag over, and opens the file itself.
    event.stopPropagation();
    over(true);
  });
  page.addEventListener('dragleave', (event) => {
    // Also fires between two parts of the page.
    if (event.relatedTarget === null) over(false);
  });
  page.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    const dropped = event.dataTransfer?.files[0];
    const words = event.dataTransfer?.getData('text/plain') ?? '';
    if (dropped !== undefined) void file(dropped);
    else if (words !== '') text(words);
  });
}
