import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from './browser.js';
import { PAGE_KINDS, PROBES, WIDE_PAGES } from './page-kinds.js';

const PHONE = { width: 390, height: 844 };
const METHOD = 'methods/messages.sendEncrypted.html';

/** What stands out of a page to the right; nothing if it cannot be scrolled sideways. */
async function sticksOut(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((one) => one.closest('thead') === null && one.getBoundingClientRect().right > clientWidth + 0.5); // prettier-ignore
    return [`${scrollWidth} > ${clientWidth}`, ...wide.slice(-3).map((one) => one.outerHTML.slice(0, 120))]; // prettier-ignore
  });
}

describeInBrowser('phone', (browser) => {
  it('no page scrolls sideways, at 390 and at 320 px', async () => {
    const page = await browser.visit('http', 'index.html', { expected: PROBES });
    const wide: Record<string, readonly string[]> = {};
    for (const path of [...Object.values(PAGE_KINDS), ...WIDE_PAGES]) {
      await page.goto(browser.url('http', path), { waitUntil: 'domcontentloaded' });
      for (const width of [390, 320]) {
        await page.setViewportSize({ ...PHONE, width });
        const out = await sticksOut(page);
        if (out.length > 0) wide[`${path} at ${width}`] = out;
      }
    }
    expect(wide).toEqual({});
  });

  it('the search fits', async () => {
    const page = await browser.visit('http', METHOD, { viewport: { ...PHONE, width: 320 } });
    await page.locator('.find').click();
    await page.locator('.search input').fill('passwordKdfAlgo');
    await page.locator('.hit').first().waitFor();
    const fits = await page.locator('.search, .hit, .hit *').evaluateAll((all) =>
      all.every((one) => {
        const { left, right } = one.getBoundingClientRect();
        return left >= 0 && right <= innerWidth;
      }),
    );
    expect(fits).toBe(true);
  });

  it('the drawer opens, keeps the keyboard, and Esc closes it', async () => {
    const page = await browser.visit('http', METHOD, { viewport: PHONE });
    const sidebar = page.locator('.sidebar');
    const menu = page.locator('button.menu');
    expect(await sidebar.isVisible()).toBe(false);
    await menu.click();
    await page.getByRole('dialog', { name: 'Menu' }).waitFor();
    expect(await menu.getAttribute('aria-expanded')).toBe('true');

    const inside = (): Promise<boolean> => sidebar.evaluate((one) => one.contains(document.activeElement)); // prettier-ignore
    expect(await page.evaluate(() => document.activeElement!.className)).toContain('close');
    await page.keyboard.press('Shift+Tab');
    expect(await inside(), 'before the first').toBe(true);
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement!.className)).toContain('close');

    await page.keyboard.press('Escape');
    await sidebar.waitFor({ state: 'hidden' });
    expect(await menu.getAttribute('aria-expanded')).toBe('false');
    expect(await menu.evaluate((one) => one === document.activeElement)).toBe(true);
  });

  it('a touch beside the drawer closes it, a link in it leads on', async () => {
    const page = await browser.visit('http', METHOD, { viewport: PHONE });
    await page.locator('button.menu').click();
    await page.getByRole('dialog', { name: 'Menu' }).waitFor();
    await page.mouse.click(PHONE.width - 10, 400);
    await page.locator('.sidebar').waitFor({ state: 'hidden' });
    await page.locator('button.menu').click();
    await page.locator('.sidebar').getByRole('link', { name: 'Namespaces' }).click();
    await page.waitForURL(/namespaces\/index\.html$/);
    expect(await page.locator('.sidebar').isVisible()).toBe(false);
  });
});
