/** Finds which of many words stand in a line, in one pass over its characters however many words there are (Aho and Corasick, 1975). */
export interface WordFinder {
  /** The state at the start of a line. */
  readonly start: number;
  /** The class of a UTF-16 code unit: an index into a row of `next`. */
  readonly classOf: Uint16Array;
  /** `next[state + class]` is the state after one more character. States are offsets of their rows. */
  readonly next: Int32Array;
  /** The owners of the words that end in a state, by the state. */
  readonly found: ReadonlyMap<number, readonly number[]>;
  /** 1 at a state in which a word ends: a quick test before `found` is asked. */
  readonly isFound: Uint8Array;
}

interface Node {
  readonly children: Map<number, Node>;
  readonly owners: Set<number>;
  readonly state: number;
}

/** Makes a finder for lists of words; what is found are the indices of the lists. Words are not empty. */
export function findWords(lists: readonly (readonly string[])[]): WordFinder {
  const { classOf, classes } = classify(lists.flat());
  const nodes: Node[] = [];
  const node = (): Node => {
    const made: Node = { children: new Map<number, Node>(), owners: new Set<number>(), state: nodes.length * classes };
    nodes.push(made);
    return made;
  };
  const root = node();
  lists.forEach((words, owner) => {
    for (const word of words) insert(root, word, owner, classOf, node);
  });
  const next = new Int32Array(nodes.length * classes);
  complete(root, next, classes);
  const found = new Map(nodes.filter(({ owners }) => owners.size > 0).map(({ owners, state }) => [state, [...owners]]));
  const isFound = new Uint8Array(next.length);
  for (const state of found.keys()) isFound[state] = 1;
  return { start: root.state, classOf, next, found, isFound };
}

/** A class for each character of the words, and class 0 for all others. */
function classify(words: readonly string[]): { readonly classOf: Uint16Array; readonly classes: number } {
  const classOf = new Uint16Array(0x10000);
  const codes = new Set(words.flatMap((word) => Array.from({ length: word.length }, (_, at) => word.charCodeAt(at))));
  [...codes].forEach((code, index) => {
    classOf[code] = index + 1;
  });
  return { classOf, classes: codes.size + 1 };
}

function insert(root: Node, word: string, owner: number, classOf: Uint16Array, node: () => Node): void {
  let at = root;
  for (let index = 0; index < word.length; index += 1) {
    const kind = classOf[word.charCodeAt(index)] ?? 0;
    const child = at.children.get(kind) ?? node();
    at.children.set(kind, child);
    at = child;
  }
  at.owners.add(owner);
}

/**
 * Fills in where each state goes, breadth first: a character without a child leads where the longest suffix that begins a word would lead.
 * That suffix is shorter, so its row is filled in already, and the words that end in it end here too.
 */
function complete(root: Node, next: Int32Array, classes: number): void {
  const queue: (readonly [node: Node, suffix: Node])[] = [[root, root]];
  const byState = new Map<number, Node>([[root.state, root]]);
  for (const [node, suffix] of queue) {
    for (const owner of suffix.owners) node.owners.add(owner);
    if (node !== root) next.copyWithin(node.state, suffix.state, suffix.state + classes);
    for (const [kind, child] of node.children) {
      const otherwise = node === root ? root.state : (next[node.state + kind] ?? root.state);
      next[node.state + kind] = child.state;
      byState.set(child.state, child);
      queue.push([child, byState.get(otherwise) ?? root]);
    }
  }
}
