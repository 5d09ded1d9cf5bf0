import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';
import { expectRemembered } from './remembered.js';

const PAGE = 'guide/errors.html';

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
      const now = async (): Promise<unknown> => [await seen(page), await button.getAttribute('aria-label')]; // prettier-ignore
      const start = async (): Promise<unknown> => [await atFirst(page), await seen(page)];
      expect(await start()).toEqual(['system', 'dark']);
      await button.click();
      expect(await now()).toEqual(['light', 'Colour theme: light']);
      const other = browser.url(way, 'methods/auth.sendCode.html');
      await expectRemembered(way, () => page.goto(other), start, ['light', 'light']);

      await button.click();
      expect(await now()).toEqual(['dark', 'Colour theme: dark']);
      await page.emulateMedia({ colorScheme: 'light' });
      await expectRemembered(way, () => page.reload(), start, ['dark', 'dark']);

      await button.click();
      expect(await now()).toEqual(['light', 'Colour theme: system']);
    });
  });
});
