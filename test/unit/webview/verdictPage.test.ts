// The page of a verification: the sentence, every link with its proof, nothing of it markup, and links that only run the extension's commands.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { message, render } from '../../../extension/core/message';
import { TOLD_HERE_ALONE, type Verdict } from '../../../extension/core/verify/chain';
import { verdictPage } from '../../../extension/webview/verdictPage';
import { root } from '../../tools/project';

const page = (verdict: Verdict): string =>
  verdictPage({
    ...{ verdict, port: 8080, host: 'web-<1>', nonce: 'abc', language: 'en', say: (one) => render(one) },
    stays: [{ release: '6.1.0', running: true, verdict: 'no', reason: message('Nothing loads it at boot.') }],
  });

const broken: Verdict = {
  cause: 'runtime_module_not_loaded',
  conclusion: message('No toa module is loaded on this host.'),
  links: [
    { name: 'module', state: 'broken', title: message('The module is not loaded.'), proof: ['/sys/<module>', 'b'] },
  ],
};
const whole: Verdict = {
  cause: undefined,
  conclusion: message('Every link holds.'),
  links: [
    { name: 'module', state: 'holds', title: message('The module is loaded.'), proof: [] },
    { name: 'option', state: 'unknown', title: message('No connection.'), proof: [] },
  ],
};

describe('the page of a verification', () => {
  it('says the result, its cause, the broken link and its proof, escaped', () => {
    const html = page(broken);
    expect(html).toContain('<h1 class="error">No toa module is loaded on this host.</h1>');
    expect(html).toContain('Port 8080 of web-&lt;1&gt;');
    expect(html).toMatch(/href="https:[^"]*runtime_module_not_loaded\.md"/);
    expect(html).toContain('<span class="spoken">Broken:</span> The module is not loaded.');
    expect(html).toContain('<pre>/sys/&lt;module&gt;\nb</pre>');
    expect(html).toContain('<td>6.1.0</td><td>no</td><td>Nothing loads it at boot.</td>');
    expect(html).not.toContain('<script');
  });

  it('names a cause that has no page, and links those that have one', () => {
    expect(page({ ...broken, cause: 'runtime_hook_not_reached' })).toContain(
      'web-&lt;1&gt; <code>runtime_hook_not_reached</code>',
    );
    const room = join(root, 'extension/core/verify');
    const texts = readdirSync(room).map((name) => readFileSync(join(room, name), 'utf8'));
    const causes = texts.flatMap((text) => text.match(/(?<=')runtime_[a-z0-9_]+(?=')/g) ?? []);
    expect(causes.length).toBeGreaterThan(10);
    const paged = causes.filter((cause) => existsSync(join(root, `docs/causes/${cause}.md`)));
    expect(paged.filter((cause) => TOLD_HERE_ALONE.has(cause))).toEqual([]);
    expect(causes.filter((cause) => !paged.includes(cause) && !TOLD_HERE_ALONE.has(cause))).toEqual([]);
  });

  it('offers what helps: to install where no module is loaded, to capture where one is', () => {
    expect(page(broken)).toContain('href="command:toa.install"');
    expect(page(whole)).toContain('href="command:toa.capture"');
    expect(page(whole)).toContain(`href="command:toa.verify?${encodeURIComponent('[8080]')}"`);
  });

  it('is no error where nothing is broken, and not fine where something is not known', () => {
    expect(page(whole)).toContain('<h1 class="warning">Every link holds.</h1>');
    expect(page({ ...whole, links: whole.links.slice(0, 1) })).toContain('<h1 class="fine">');
  });
});
