import { expect, it } from 'vitest';
import { describeInBrowser, PATIENT } from './browser.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import { PAGE_KINDS } from './page-kinds.js';

it('a browser is named by the environment, or found in PATH, or missed with a reason', () => {
  expect(findChromium({ TLGEN_CHROMIUM: '/opt/chromium', PATH: '' })).toBe('/opt/chromium');
  expect(findChromium({ PATH: '/nowhere' })).toBeNull();
  expect(whyNoBrowser({ PATH: '/nowhere' })).toContain('TLGEN_CHROMIUM');
  expect(isBrowserRequired({ TLGEN_BROWSER: 'required' })).toBe(true);
  expect(isBrowserRequired({})).toBe(false);
});

const dial = (): void => void fetch('http://insecure.test:9/').catch(() => 0);
const ask = (): void => void new Image().setAttribute('src', 'nothing.png');
const fail = (): void => {
  setTimeout(() => {
    throw new Error('thrown');
  });
};

/** How the report of a problem begins, and what causes it in the page. */
const CAUSES: readonly (readonly [string, () => void])[] = [
  ['console error: said so', () => console.error('said so')],
  ['console warning: said so', () => console.warn('said so')],
  ['script error: thrown', fail],
  ['outside request: http://insecure.test:9/', dial],
  ['failed request: http://insecure.test:9/', dial],
  ['answer 404: ', ask],
];

describeInBrowser('what these tests watch for', (browser) => {
  // Without these, silence would prove nothing.
  it.each(CAUSES)('%s', async (problem, cause) => {
    const page = await browser.visit('http', PAGE_KINDS['error']!);
    await page.evaluate(cause);
    await expect.poll(() => browser.problems.some((one) => one.startsWith(problem)), PATIENT).toBe(true); // prettier-ignore
    browser.forgive();
  });
});
