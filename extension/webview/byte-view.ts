import { addressText } from '../core/decode/address';
import { bytesOfHex } from '../core/bytes';
import type { Decoded, FieldRole, OptionField, OptionView } from '../core/decode/decoded';
import { element } from './dom';
import type { Texts } from './texts';

/** The options of the selected result's segment. A field and its bytes light up together, from either side. */
export function byteView({ options, frame }: Decoded, texts: Texts): HTMLElement {
  const view = element(
    'div',
    { class: 'segment' },
    element('h2', {}, texts.text('bytes', { frame })),
    ...options.map((option) => optionView(option, texts)),
  );
  for (const [event, on] of [
    ['mouseover', true],
    ['mouseout', false],
    ['focusin', true],
    ['focusout', false],
  ] as const) {
    view.addEventListener(event, ({ target }) => {
      light(target, on);
    });
  }
  view.addEventListener('keydown', moveByArrow);
  return view;
}

function optionView(option: OptionView, texts: Texts): HTMLElement {
  const { kind, length, name, hex, fields } = option;
  const title = texts.text('option', { kind, length, name });
  const plain = fields.every(({ role }) => role === 'kind' || role === 'length' || role === 'data');
  const digits = Array.from({ length: hex.length / 2 }, (_, at) => hex.slice(at * 2, at * 2 + 2));
  const bytes = plain
    ? digits.map((text) => element('span', { class: 'byte' }, text))
    : digits.map((text, at) => byteButton(text, at, option, texts));
  const labels = plain ? [] : fields.map((field, index) => fieldButton(field, index, option, texts));
  return element(
    'div',
    { class: plain ? 'option plain' : 'option', role: 'group', 'aria-label': title },
    element('div', { class: 'title' }, title),
    element('code', { class: 'bytes' }, ...bytes),
    ...(plain ? [] : [element('div', { class: 'fields' }, ...labels)]),
  );
}

/** A byte of an address carrier. Tab reaches the first one, the arrow keys the others. */
function byteButton(digits: string, at: number, option: OptionView, texts: Texts): HTMLElement {
  const index = option.fields.findIndex(({ start, end }) => start <= at && at < end);
  const field = option.fields[index];
  const meaning = field === undefined ? '' : `${texts.field(field.role)} ${valueText(field, option)}`;
  return element(
    'button',
    {
      type: 'button',
      class: 'byte',
      tabindex: at === 0 ? '0' : '-1',
      'data-field': String(index),
      'aria-label': `${digits}, ${meaning}`,
      title: meaning,
    },
    digits,
  );
}

/** A field as a button, so that the keyboard reaches it. */
function fieldButton(field: OptionField, index: number, option: OptionView, texts: Texts): HTMLElement {
  return element(
    'button',
    { type: 'button', class: 'field secondary', 'data-field': String(index) },
    texts.field(field.role),
    ' ',
    element('b', {}, valueText(field, option)),
  );
}

/** Lights or darkens all parts of the field that the target belongs to. */
function light(target: EventTarget | null, on: boolean): void {
  const part = target instanceof Element ? target.closest('[data-field]') : null;
  const index = part?.getAttribute('data-field') ?? '-1';
  if (index === '-1') return;
  const parts = part?.closest('.option')?.querySelectorAll(`[data-field="${index}"]`) ?? [];
  for (const one of parts) one.classList.toggle('lit', on);
}

/** Left and Right go from byte to byte. */
function moveByArrow(event: KeyboardEvent): void {
  const step = { ArrowRight: 'nextElementSibling', ArrowLeft: 'previousElementSibling' } as const;
  const key = event.key === 'ArrowRight' || event.key === 'ArrowLeft' ? event.key : undefined;
  if (key === undefined || !(event.target instanceof Element)) return;
  const next = event.target[step[key]];
  if (!(next instanceof HTMLButtonElement)) return;
  event.preventDefault();
  next.focus();
}

const ADDRESSES: ReadonlySet<FieldRole> = new Set(['address', 'vip-address']);
const DIGITS: ReadonlySet<FieldRole> = new Set(['data', 'exid', 'reserved', 'vid']);

/** What the bytes of a field say: an address, a number, or plain digits. */
function valueText({ role, start, end }: OptionField, { hex }: OptionView): string {
  const digits = hex.slice(start * 2, end * 2);
  if (DIGITS.has(role)) return digits;
  if (!ADDRESSES.has(role)) return String(Number.parseInt(digits, 16));
  return digits.length === 8 || digits.length === 32 ? addressText(bytesOfHex(digits), 0, digits.length / 2) : digits;
}
