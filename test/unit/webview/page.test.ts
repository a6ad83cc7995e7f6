import { describe, expect, it } from 'vitest';
import { decoderPage, translateDecoderStrings } from '../../../extension/webview/page';
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
    expect(isToPage({ type: 'decode', text: '' })).toBe(true);
    expect(isToExtension({ type: 'ready' })).toBe(true);
    expect(isToExtension({ type: 'copy', text: 'a' })).toBe(true);
    expect(isPageState({ text: 'a' })).toBe(true);
  });
});
