// The finding's page: everything of a finding is on it, nothing of it becomes markup, and its links carry numbers alone.
import { describe, expect, it } from 'vitest';
import { explain } from '../../../extension/core/explain/engine';
import type { Finding } from '../../../extension/core/explain/finding';
import { readSymptoms } from '../../../extension/core/explain/symptomReader';
import { message, render } from '../../../extension/core/message';
import { findingPage } from '../../../extension/webview/findingPage';
import { serverFacts } from '../support/facts';

const page = (findings: readonly Finding[], asked: readonly string[] = []): string =>
  findingPage({ findings, asked, say: (sentence) => render(sentence), nonce: 'abc', language: 'en' });

const REFUSED = 'insmod: ERROR: could not insert module ./toa.ko: Operation not permitted';

describe('the page of a finding', () => {
  const facts = serverFacts('6.1.0-1-amd64', {
    security: { lockdown: 'integrity', secureBoot: true, efi: true, signatureEnforced: true, modulesDisabled: false },
  });
  const findings = explain({ symptoms: readSymptoms(REFUSED), facts, wanted: undefined, makefile: undefined });
  const html = page(findings);

  it('has the cause, the proof, the fix, and the checks that decided', () => {
    const [finding] = findings;
    expect(finding).toMatchObject({ cause: 'secure_boot_lockdown', confidence: 'certain' });
    expect(finding?.ruledOut.map(({ cause }) => cause)).toContain('not_root');
    expect(html).toContain('<h1 id="finding-0" class="error">The kernel is locked down (Secure Boot)');
    expect(html).toContain(`<code>${REFUSED}</code>`);
    expect(html).toMatch(/<span class="spoken">Holds:<\/span>[^<]*<code>secure_boot_lockdown<\/code>/);
    expect(html).toMatch(/<span class="spoken">Ruled out:<\/span>[^<]*<code>not_root<\/code>/);
  });

  it('shows what was asked to decide, escaped', () => {
    expect(html).not.toContain('Asked on the host');
    expect(page(findings, ['modinfo /root/<toa>.ko'])).toContain(
      '<h2 class="part">Asked on the host</h2><pre>$ modinfo /root/&lt;toa&gt;.ko</pre>',
    );
  });

  it('leads to the page of the cause, in the language of the editor', () => {
    const address = 'https://github.com/toa-doctor/toa-doctor/blob/main/docs/causes/secure_boot_lockdown';
    expect(html).toContain(`<a href="${address}.md"><code>secure_boot_lockdown</code></a>`);
    const chinese = findingPage({
      findings,
      asked: [],
      say: (sentence) => render(sentence),
      nonce: 'abc',
      language: 'zh-cn',
    });
    expect(chinese).toContain(`<a href="${address}.zh-CN.md">`);
  });

  it('runs no script and loads nothing', () => {
    expect(html).toContain('content="default-src &#39;none&#39;; style-src &#39;nonce-abc&#39;"');
    expect(html).not.toContain('<script');
  });

  it('says what is still open where nothing decides', () => {
    const unsure = page(
      explain({ symptoms: readSymptoms(REFUSED), facts: undefined, wanted: undefined, makefile: undefined }),
    );
    expect(unsure.match(/<span class="spoken">Open:/g)?.length).toBeGreaterThan(2);
    expect(unsure).not.toContain('Holds:');
  });
});

it('escapes every value, and links by numbers, and to the page of the cause', () => {
  const hostile = '</code><img src=x onerror="x"> /tmp/a.c:3:1: error';
  const html = page([
    {
      cause: 'x',
      confidence: 'likely',
      severity: 'error',
      title: message('{name} has another form in this kernel', { name: hostile }),
      explanation: message('{name} has another form in this kernel', { name: hostile }),
      decidedBy: message('{name} has another form in this kernel', { name: hostile }),
      evidence: [{ source: 'output', line: 1, text: hostile }],
      remedies: [
        { kind: 'link', title: message('{name} has another form in this kernel', { name: hostile }), url: 'x' },
      ],
      alsoPossible: [],
      ruledOut: [],
    },
  ]);
  expect(html).not.toContain('<img');
  expect([...html.matchAll(/href="([^"]*)"/g)].map(([, href = '']) => decodeURIComponent(href))).toEqual([
    'https://github.com/toa-doctor/toa-doctor/blob/main/docs/causes/x.md',
    'command:toa.applyShownRemedy?[[0,0]]',
    'command:toa.openEvidence?[[0,0]]',
  ]);
});
