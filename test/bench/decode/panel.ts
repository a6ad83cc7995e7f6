// How long the panel takes from a keystroke in a paste of 64 KB until its results are laid out, in Chromium, warm:
// npm run build && npx tsx test/bench/decode/panel.ts
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { decoderPage } from '../../../extension/webview/page';
import { translateDecoderStrings } from '../../../extension/webview/strings';
import { pastes, printWarm } from './pastes';

const ADDRESS = 'http://panel.test';
const ROUNDS = 30;

const html = decoderPage({
  cspSource: ADDRESS,
  scriptUri: `${ADDRESS}/decoder.js`,
  styleUri: `${ADDRESS}/decoder-style.css`,
  nonce: 'bench',
  shows: 'paste',
  strings: translateDecoderStrings((text) => text),
});

/** Gives the milliseconds of each keystroke, between two callbacks of the frame that decodes. Runs in the page. */
const keystrokes = (text: string): string => `(async () => {
  const input = document.querySelector('textarea');
  const times = [];
  for (let round = 0; round < ${ROUNDS}; round++)
    await new Promise((resolve) => {
      let start = 0;
      input.value = ${JSON.stringify(text)} + ' '.repeat(round % 3);
      requestAnimationFrame(() => (start = performance.now()));
      input.dispatchEvent(new InputEvent('input'));
      requestAnimationFrame(() => {
        document.body.getBoundingClientRect(); // lays out what was drawn
        times.push(performance.now() - start);
        setTimeout(resolve, 20);
      });
    });
  return times;
})()`;

async function main(): Promise<void> {
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.addInitScript('globalThis.acquireVsCodeApi = () => ({ postMessage() {}, getState() {}, setState() {} });');
  await page.route(`${ADDRESS}/**`, (route) => {
    const name = new URL(route.request().url()).pathname.slice(1);
    const type = name === '' ? 'text/html' : name.endsWith('.js') ? 'text/javascript' : 'text/css';
    return route.fulfill({ body: name === '' ? html : readFileSync(`dist/${name}`), contentType: type });
  });
  await page.goto(ADDRESS);
  for (const [name, text] of Object.entries(pastes)) {
    const times = await page.evaluate<readonly number[]>(keystrokes(text));
    printWarm(name, times);
  }
  await browser.close();
}

void main();
