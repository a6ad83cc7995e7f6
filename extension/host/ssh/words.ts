const LIMIT = 8192;

/** The end of what was said, without control characters: it is shown to people. */
export class Words {
  private said = '';

  get text(): string {
    return this.said;
  }

  add(text: string): void {
    // eslint-disable-next-line no-control-regex
    this.said = (this.said + text.replace(/\x1b\[[\d;]*[A-Za-z]|[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')).slice(-LIMIT);
  }
}
