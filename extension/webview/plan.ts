// The page of "TOA: Install Module…" and "TOA: Uninstall Module…": steps that are read, chosen, run and watched. It knows only what the extension sends.
import { render } from '../core/message';
import { byId, element, keepFocus } from './dom';
import { isPlanState, type PlanRequest, type PlanState, type ShownStay } from './plan/protocol';
import { stepView, type StepView } from './plan/stepView';
import type { PlanString, PlanStrings } from './plan/strings';

declare function acquireVsCodeApi(): { postMessage(message: PlanRequest): void };

const editor = acquireVsCodeApi();
const ask = (request: PlanRequest): void => {
  editor.postMessage(request);
};
const strings = JSON.parse(byId('data', HTMLScriptElement).textContent) as PlanStrings;
const text = (key: PlanString, values: Readonly<Record<string, string | number>> = {}): string =>
  render({ text: strings[key], values });

const run = byId('run', HTMLButtonElement);
const stop = byId('stop', HTMLButtonElement);
let state: PlanState | undefined;
let views: readonly StepView[] = [];

/** Those that a run takes; what is taken back already is not taken back again. */
function chosen(): readonly string[] {
  const isLeft = ({ step }: StepView): boolean => state?.progress[step.id]?.phase !== 'undone';
  return views.filter((view) => view.isChosen() && isLeft(view)).map(({ step }) => step.id);
}

function show(next: PlanState): void {
  if (JSON.stringify(next.steps) !== JSON.stringify(state?.steps)) list(next);
  state = next;
  byId('title', HTMLHeadingElement).textContent = next.title;
  byId('subtitle', HTMLParagraphElement).textContent = next.subtitle;
  byId('notes', HTMLUListElement).replaceChildren(...next.notes.map((note) => element('li', {}, note)));
  const summary = byId('summary', HTMLParagraphElement);
  // Said once by a screen reader, not at each change.
  if (summary.textContent !== next.summary) summary.textContent = next.summary;
  summary.className = next.outcome;
  for (const view of views) view.show(next.progress[view.step.id] ?? { phase: 'waiting' }, next.running);
  showStays(next.stays);
  showButtons();
}

function list({ steps, choosable }: PlanState): void {
  const context = { choosable, text, ask, onChoice: showButtons };
  views = steps.map((step, index) => stepView(step, index + 1, context));
  byId('steps', HTMLOListElement).replaceChildren(...views.map(({ item }) => item));
}

function showButtons(): void {
  const count = chosen().length;
  const [one, many] = state?.choosable === false ? (['undoOne', 'undoAll'] as const) : (['runOne', 'runAll'] as const);
  const running = state?.running === true;
  run.textContent = count === 1 ? text(one) : text(many, { count });
  run.disabled = running || count === 0;
  keepFocus(
    () => {
      run.hidden = running || (count === 0 && state?.choosable === false);
      stop.hidden = !running;
    },
    () => [stop, run, byId('log', HTMLButtonElement)].find(({ hidden, disabled }) => !hidden && !disabled) ?? null,
  );
  byId('script', HTMLButtonElement).hidden = state?.choosable === false;
}

function showStays(stays: readonly ShownStay[]): void {
  const section = byId('stays', HTMLElement);
  const appears = section.hidden && stays.length > 0;
  section.hidden = stays.length === 0;
  const rows = stays.map(({ release, verdict, reason }) =>
    element('tr', {}, ...[release, text(verdict), reason].map((cell) => element('td', {}, cell))),
  );
  byId('stays-rows', HTMLTableSectionElement).replaceChildren(...rows);
  // Above the steps, where it would push the one that is to be read out of sight.
  if (appears) byId('steps', HTMLOListElement).querySelector('.failed')?.scrollIntoView({ block: 'nearest' });
}

run.addEventListener('click', () => {
  ask({ type: 'run', steps: chosen() });
});
byId('script', HTMLButtonElement).addEventListener('click', () => {
  ask({ type: 'script', steps: chosen() });
});
for (const type of ['stop', 'log'] as const)
  byId(type, HTMLButtonElement).addEventListener('click', () => {
    ask({ type });
  });
window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  if (isPlanState(data)) show(data);
});
ask({ type: 'ready' });
