import { describe, expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';
import { PAGE_KINDS } from './page-kinds.js';

describeInBrowser('a page of each kind', (browser) => {
  describe.each(WAYS)('over %s', (way) => {
    it.each(Object.entries(PAGE_KINDS))(
      '%s: loads in silence, and asks nobody else',
      async (_kind, path) => {
        const page = await browser.visit(way, path);
        await page.waitForLoadState('load');
        expect(await page.title()).toBe(`${await page.locator('h1').textContent()} · tlgen`);
        expect(await page.locator('main').isVisible()).toBe(true);
        const sheet = await page.locator('.bar').evaluate((bar) => getComputedStyle(bar).position);
        expect(sheet, 'the style sheet is in force').toBe('sticky');
        expect(await page.locator('.find').getAttribute('role'), 'the script ran').toBe('button');
      },
    );
  });
});
