import { describe, expect, it } from 'vitest';
import { decoderPage } from '../../../extension/webview/page';
import { translateDecoderStrings } from '../../../extension/webview/strings';
import { isPageState, isToExtension, isToPage } from '../../../extension/webview/protocol';

const page = (strings = translateDecoderStrings((text) => text)): string =>
  decoderPage({
    cspSource: 'https://x.test',
    scriptUri: '/decoder.js',
    styleUri: '/decoder.css',
    nonce: 'abc',
    shows: 'paste',
    strings,
  });

describe('decoderPage', () => {
  it('allows one script and one style sheet, and nothing else', () => {
    expect(page()).toContain('default-src &#39;none&#39;; style-src https://x.test; script-src &#39;nonce-abc&#39;');
    expect(page().match(/<script nonce="abc" src="\/decoder.js">/g)).toHaveLength(1);
    expect(page()).not.toMatch(/ on\w+=| style=/);
  });

  it('escapes texts in markup and in the data', () => {
    const evil = page(translateDecoderStrings(() => `</script><img src=x onerror="alert('&')">`));
    expect(evil).not.toContain('<img');
    expect(evil.match(/<\/script>/g)).toHaveLength(2);
    const data = /id="data">([^<]*)</.exec(evil)?.[1] ?? '';
    expect(JSON.parse(data)).toMatchObject({ strings: { copy: `</script><img src=x onerror="alert('&')">` } });
  });
});

describe('messages', () => {
  it.each([undefined, null, 1, 'decode', {}, { type: 'decode' }, { type: 'decode', text: 1 }, { type: 'copy' }])(
    'refuses %j',
    (value) => {
      expect([isToPage(value), isToExtension(value), isPageState(value)]).toEqual([false, false, false]);
    },
  );
  it('takes what it knows', () => {
    for (const taken of [
      { type: 'decode', text: '' },
      { type: 'kinds', kinds: [] },
      { type: 'module' },
      { type: 'module', module: { kinds: [254], lengths: [8] } },
      { type: 'file', name: 'a.pcap' },
      { type: 'batch', batch: {} },
      { type: 'end', ending: {} },
    ])
      expect(isToPage(taken)).toBe(true);
    for (const type of ['cancel', 'open']) expect(isToExtension({ type })).toBe(true);
    expect(isToExtension({ type: 'ready' })).toBe(true);
    expect(isToExtension({ type: 'copy', text: 'a' })).toBe(true);
    expect(isPageState({ text: 'a' })).toBe(true);
  });
});
