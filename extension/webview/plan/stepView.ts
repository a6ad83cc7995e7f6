import { element } from '../dom';
import type { PlanRequest, ShownStep, StepProgress } from './protocol';
import { phaseString, type PlanString } from './strings';

/** What a row needs of its page. */
export interface StepContext {
  readonly choosable: boolean;
  readonly text: (key: PlanString, values?: Readonly<Record<string, string | number>>) => string;
  readonly ask: (request: PlanRequest) => void;
  /** A step was taken in or left out. */
  readonly onChoice: () => void;
}

/** One step of the list. */
export interface StepView {
  readonly item: HTMLLIElement;
  readonly step: ShownStep;
  readonly isChosen: () => boolean;
  readonly show: (progress: StepProgress, running: boolean) => void;
}

/** A step with its commands, what it changes, how it is checked and undone, and its own buttons. */
export function stepView(step: ShownStep, number: number, context: StepContext): StepView {
  const { text, ask } = context;
  const choice = choiceOf(step, context);
  const phase = element('span', { class: 'phase' });
  const own = element('span', { class: 'own' });
  const run = smallButton(text('run'), text('runThis', { step: step.title }), () => {
    ask({ type: 'run', steps: [step.id] });
  });
  run.hidden = choice === undefined;
  const copy = smallButton(text('copy'), text('copyThis', { step: step.title }), () => {
    ask({ type: 'copy', steps: [step.id] });
  });
  copy.hidden = step.commands === '';
  own.append(run, copy);
  const name = element('h2', {}, ...(choice === undefined ? [] : [choice]), `${String(number)}. ${step.title}`);
  const trouble = element('div', { class: 'trouble' });
  let told = '';
  const item = element('li', {}, element('div', { class: 'head' }, name, phase, own), trouble, ...body(step, text));
  return {
    item,
    step,
    isChosen: () => choice?.checked ?? step.skip === undefined,
    show(progress, running) {
      const moved = progress.phase !== item.className && ['running', 'failed', 'by-hand'].includes(progress.phase);
      item.className = step.skip === undefined ? progress.phase : 'left-out';
      phase.textContent = phaseText(step, progress, text);
      // A button that is disabled loses the focus; while something runs the extension takes no other run.
      run.setAttribute('aria-disabled', String(running));
      const now = JSON.stringify(progress);
      if (now !== told) trouble.replaceChildren(...troubleOf(step, progress, context));
      told = now;
      if (moved) item.scrollIntoView({ block: 'center' });
    },
  };
}

function choiceOf(step: ShownStep, { choosable, text, onChoice }: StepContext): HTMLInputElement | undefined {
  if (!choosable || step.skip !== undefined) return undefined;
  const box = element('input', { type: 'checkbox', 'aria-label': text('choose', { step: step.title }) });
  box.checked = true;
  box.addEventListener('change', onChoice);
  return box;
}

function phaseText({ skip }: ShownStep, { phase }: StepProgress, text: StepContext['text']): string {
  if (skip !== undefined) return text('notNeeded');
  const key = phaseString(phase);
  return key === undefined ? '' : text(key);
}

function troubleOf(step: ShownStep, progress: StepProgress, { text, ask }: StepContext): readonly Node[] {
  const { phase, problem, finding } = progress;
  const lines = [problem, finding].filter((one) => one !== undefined);
  const why = element('button', { type: 'button' }, text('why'));
  why.addEventListener('click', () => {
    ask({ type: 'why', step: step.id });
  });
  const terminal = element('button', { type: 'button' }, text('terminal'));
  terminal.addEventListener('click', () => {
    ask({ type: 'terminal', step: step.id });
  });
  return [
    ...lines.map((line) => element('p', {}, line)),
    ...(finding === undefined ? [] : [why]),
    ...(phase === 'by-hand' ? [terminal] : []),
  ];
}

function body(step: ShownStep, text: StepContext['text']): readonly Node[] {
  if (step.skip !== undefined) return [element('p', { class: 'quiet' }, step.skip)];
  return [
    element('p', {}, step.changes),
    ...(step.commands === '' ? [] : [commandsOf(step.commands)]),
    ...step.notes.map((note) => element('p', { class: 'note quiet' }, note)),
    ...folded(text('check'), step.check),
    ...folded(text('undo'), step.undo),
  ];
}

/** Lines of commands that are shown without scrolling; the keyboard reaches what scrolls. */
const LINES = 7;

function commandsOf(commands: string): HTMLElement {
  const isLong = commands.split('\n').length > LINES;
  return element('pre', isLong ? { class: 'long', tabindex: '0' } : {}, commands);
}

function folded(title: string, content: string | undefined): readonly Node[] {
  return content === undefined
    ? []
    : [element('details', {}, element('summary', {}, title), element('pre', {}, content))];
}

function smallButton(text: string, label: string, act: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: 'secondary', 'aria-label': label, title: label }, text);
  made.addEventListener('click', act);
  return made;
}
