import { addressText } from '../core/decode/address';
import { bytesOfHex } from '../core/decode/bytes';
import type { Decoded, FieldRole, OptionField, OptionView } from '../core/decode/decoded';
import { element } from './dom';
import type { Texts } from './texts';

/** The options of the selected result's segment. A field of an address carrier and its bytes light up together. */
export function byteView({ options, frame }: Decoded, texts: Texts): HTMLElement {
  return element(
    'div',
    { class: 'segment' },
    element('h2', {}, texts.text('bytes', { frame })),
    ...options.map((option) => optionView(option, texts)),
  );
}

function optionView(option: OptionView, texts: Texts): HTMLElement {
  const { kind, length, name, hex, fields } = option;
  const bytes = Array.from({ length: hex.length / 2 }, (_, index) =>
    element('span', { class: 'byte' }, hex.slice(index * 2, index * 2 + 2)),
  );
  const title = texts.text('option', { kind, length, name });
  const plain = fields.every(({ role }) => role === 'kind' || role === 'length' || role === 'data');
  const labels = plain ? [] : fields.map((field) => fieldLabel(field, option, bytes, texts));
  return element(
    'div',
    { class: plain ? 'option plain' : 'option', role: 'group', 'aria-label': title },
    element('div', { class: 'title' }, title),
    element('code', { class: 'bytes' }, ...bytes),
    ...(plain ? [] : [element('div', { class: 'fields' }, ...labels)]),
  );
}

/** A field as a button, so that the keyboard reaches it. */
function fieldLabel(field: OptionField, option: OptionView, bytes: readonly HTMLElement[], texts: Texts): HTMLElement {
  const own = bytes.slice(field.start, field.end);
  const value = valueText(field, option);
  const label = element(
    'button',
    { type: 'button', class: 'field secondary' },
    texts.field(field.role),
    ' ',
    element('b', {}, value),
  );
  const light = (on: boolean): void => {
    for (const part of [label, ...own]) part.classList.toggle('lit', on);
  };
  for (const part of [label, ...own]) {
    part.addEventListener('mouseenter', () => {
      light(true);
    });
    part.addEventListener('mouseleave', () => {
      light(false);
    });
  }
  label.addEventListener('focus', () => {
    light(true);
  });
  label.addEventListener('blur', () => {
    light(false);
  });
  return label;
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
