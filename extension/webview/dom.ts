/** Makes an element with attributes and children; texts become text nodes, never HTML. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** The element with this id; a page without it is a programming error. */
export function byId<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`The page has no ${kind.name} "${id}".`);
  return found;
}

/** What has the focus. Nothing while it is outside of the page: to focus then would take it from there, and close a list that is open in the editor. */
export function focused(): Element | null {
  return document.hasFocus() && document.activeElement !== document.body ? document.activeElement : null;
}

/** Does `change`; where that hides what has the focus, its heir gets it, so that nobody is thrown back to the top of the page; what is in sight stays there. */
export function keepFocus(change: () => void, heir: () => HTMLElement | null): void {
  const before = focused();
  change();
  if (before?.checkVisibility() === false) heir()?.focus({ preventScroll: true });
}
