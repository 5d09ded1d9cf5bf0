import { expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';
import { PAGE_KINDS } from './page-kinds.js';

describeInBrowser('a page of each kind', (browser) => {
  it.each(WAYS)('loads in silence and asks nobody else, over %s', async (way) => {
    const page = await browser.visit(way, 'index.html');
    for (const [kind, path] of Object.entries(PAGE_KINDS)) {
      await page.goto(browser.url(way, path), { waitUntil: 'load' });
      const seen = await page.evaluate(() => ({
        heading: document.querySelector('h1')?.textContent,
        bar: getComputedStyle(document.querySelector('.bar')!).position,
        find: document.querySelector('.find')!.getAttribute('role'),
      }));
      // The style sheet is in force, and the script has run.
      expect(seen, kind).toEqual({ heading: expect.any(String), bar: 'sticky', find: 'button' });
      // The front page's heading says more than its title.
      if (kind !== 'home') expect(await page.title(), kind).toBe(`${seen.heading} · tlgen`);
    }
  });
});
