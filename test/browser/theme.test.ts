import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';

const PAGE = 'guide/errors.html';
/** See tabs.test.ts. */
const STORED_MS = 250;

/** `light` or `dark`, by what is seen. */
async function seen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const sum = (color: string): number => color.match(/\d+/g)!.slice(0, 3).reduce((all, one) => all + Number(one), 0); // prettier-ignore
    const { backgroundColor, color } = getComputedStyle(document.body);
    return sum(backgroundColor) > sum(color) ? 'light' : 'dark';
  });
}

/** Remembers the theme at the moment the body begins to exist: nothing has been painted then. */
function noteTheme(): void {
  new MutationObserver((_changes, observer) => {
    if (document.body === null) return;
    observer.disconnect();
    Object.assign(window, { themeAtFirst: document.documentElement.dataset['theme'] ?? 'system' });
  }).observe(document, { childList: true, subtree: true });
}

const atFirst = (page: Page): Promise<unknown> =>
  page.evaluate(() => (window as unknown as { themeAtFirst: unknown }).themeAtFirst);

describeInBrowser('theme', (browser) => {
  it.each(['light', 'dark'] as const)('is that of the system: %s', async (colorScheme) => {
    const page = await browser.visit('http', PAGE, { colorScheme });
    expect(await seen(page)).toBe(colorScheme);
    const other = colorScheme === 'light' ? 'dark' : 'light';
    await page.emulateMedia({ colorScheme: other });
    expect(await seen(page), 'when the system changes').toBe(other);
  });

  describe.each(WAYS)('over %s', (way) => {
    it('the switch goes round, is remembered, and nothing flashes', async () => {
      const page = await browser.visit(way, PAGE, { colorScheme: 'dark', before: noteTheme });
      const button = page.locator('button.theme');
      expect(await atFirst(page)).toBe('system');
      await button.click();
      expect([await seen(page), await button.getAttribute('aria-label')]).toEqual(['light', 'Colour theme: light']); // prettier-ignore
      if (way === 'file') await page.waitForTimeout(STORED_MS);
      await page.goto(browser.url(way, 'methods/auth.sendCode.html'), { waitUntil: 'domcontentloaded' }); // prettier-ignore
      expect([await atFirst(page), await seen(page)]).toEqual(['light', 'light']);

      await button.click();
      expect([await seen(page), await button.getAttribute('aria-label')]).toEqual(['dark', 'Colour theme: dark']); // prettier-ignore
      await page.emulateMedia({ colorScheme: 'light' });
      if (way === 'file') await page.waitForTimeout(STORED_MS);
      await page.reload({ waitUntil: 'domcontentloaded' });
      expect([await atFirst(page), await seen(page)]).toEqual(['dark', 'dark']);

      await button.click();
      expect([await seen(page), await button.getAttribute('aria-label')]).toEqual(['light', 'Colour theme: system']); // prettier-ignore
    });
  });
});
