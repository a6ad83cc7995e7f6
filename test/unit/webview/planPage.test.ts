// The page of steps: its shell escapes what it is given, and messages of another form are not taken.
import { describe, expect, it } from 'vitest';
import { planPage } from '../../../extension/webview/plan/page';
import { isPlanRequest, isPlanState } from '../../../extension/webview/plan/protocol';
import { translatePlanStrings } from '../../../extension/webview/plan/strings';

describe('the page of steps', () => {
  const html = planPage({
    ...{ cspSource: 'vscode-resource:', scriptUri: 'plan.js', styleUri: 'style.css', nonce: 'abc', language: 'en' },
    title: 'Install </title><script>',
    strings: translatePlanStrings((text) => text),
  });

  it('loads its script and style alone, and takes no title for markup', () => {
    expect(html).toContain('default-src &#39;none&#39;; style-src vscode-resource:; script-src &#39;nonce-abc&#39;');
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html).toContain('<h1 id="title">Install &lt;/title&gt;&lt;script&gt;</h1>');
  });
});

describe('what the page asks', () => {
  it.each([
    { type: 'ready' },
    { type: 'run', steps: ['load'] },
    { type: 'script', steps: [] },
    { type: 'why', step: 'load' },
  ])('takes %j', (request) => {
    expect(isPlanRequest(request)).toBe(true);
  });

  it.each([
    'run',
    { type: 'run' },
    { type: 'run', steps: [1] },
    { type: 'why', step: ['load'] },
    { type: 'other', steps: [] },
    null,
  ])('refuses %j', (request) => {
    expect(isPlanRequest(request)).toBe(false);
  });

  it('takes a state for what it is', () => {
    expect(isPlanState({ steps: [], progress: {} })).toBe(true);
    expect(isPlanState({ steps: [] })).toBe(false);
  });
});
