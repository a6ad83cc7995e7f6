// What a paste puts before a line: quotes of mails and chats, `bat`'s margin, CI's stage names and times, colours of a terminal.
// eslint-disable-next-line no-control-regex
const COLOURS = /\x1b\[[0-9;]*[A-Za-z]/g;
const MARGIN =
  /^(?:`(?!`)|\s*(?:\d+\s*)?[│┃]\s?|(?:> ?)+|\[(?:main|Info|stdout|stderr)\]\s+|(?:DEBU|INFO|ERRO)\S* |\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d\S*Z? |#\d+ (?:\d+\.\d+ )?)+/;

/** The line as the tool printed it. */
export function bareLine(text: string): string {
  return text.replace(COLOURS, '').replace(MARGIN, '');
}

// `make V=1` prints its recipes: a message that it may come to say is not said.
const RECIPE = /^\s*(?:echo|printf) .*(?:;|&&|\|\|)\s*\\?\s*$/;

/** Whether the line is a recipe, not what it printed. */
export function isRecipe(line: string): boolean {
  return RECIPE.test(line);
}
