import { describe, expect, it } from 'vitest';
import { fleetRow } from '../../../extension/webview/fleet/row';
import { fleetPage } from '../../../extension/webview/fleet/page';
import type { SaidRow } from '../../../extension/core/fleet/hostRow';
import { isFleetRequest, isFleetState } from '../../../extension/webview/fleet/protocol';
import { fleetStrings, translateFleetStrings } from '../../../extension/webview/fleet/strings';

const page = (strings = translateFleetStrings((text) => text)): string =>
  fleetPage({
    cspSource: 'https://x.test',
    scriptUri: '/f.js',
    styleUri: '/f.css',
    nonce: 'abc',
    strings,
    language: 'en',
  });

describe('the page of hosts', () => {
  it('allows one script and one style sheet, and nothing else', () => {
    expect(page()).toContain('default-src &#39;none&#39;; style-src https://x.test; script-src &#39;nonce-abc&#39;');
    expect(page().match(/<script nonce="abc" src="\/f.js">/g)).toHaveLength(1);
    expect(page()).not.toMatch(/ on\w+=| style=/);
  });
  it('escapes texts in markup and in the data', () => {
    const evil = page(translateFleetStrings(() => `</script><img src=x onerror="alert('&')">`));
    expect(evil).not.toContain('<img');
    expect(evil.match(/<\/script>/g)).toHaveLength(2);
  });
  it('takes no message that it does not know', () => {
    for (const value of [undefined, 1, 'csv', {}, { type: 'csv' }, { type: 'csv', hosts: [1] }, { type: 'x' }])
      expect([isFleetRequest(value), isFleetState(value)]).toEqual([false, false]);
    expect(isFleetRequest({ type: 'csv', hosts: ['a'] })).toBe(true);
    expect(isFleetState({ rows: [], count: 0, phase: 'checking' })).toBe(true);
  });
  it('says nothing of a host that was not reached', () => {
    const row: SaidRow = {
      host: 'a',
      state: 'unreached',
      distribution: '',
      kernel: '',
      headers: false,
      built: false,
      loaded: false,
      fit: undefined,
      atBoot: false,
      cause: undefined,
      summary: 'a does not answer.',
      remedy: '',
    };
    const { cells } = fleetRow(row, (key) => fleetStrings[key].text);
    expect([cells['headers'], cells['loaded'], cells['summary']]).toEqual(['', '', 'a does not answer.']);
    expect(fleetRow({ ...row, state: 'findings' }, (key) => fleetStrings[key].text).cells['headers']).toBe('no');
  });
});
