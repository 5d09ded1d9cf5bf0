import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { describeInBrowser, PATIENT, WAYS } from './browser.js';
import { searchFor } from './search-box.js';

const METHOD = 'methods/messages.sendEncrypted.html';

const isOpen = (page: Page): Promise<boolean> => page.locator('dialog.search[open]').isVisible();

/** Position of the row that has `aria-activedescendant`; checks that it is the selected one, and in sight. */
async function activeRow(page: Page): Promise<number> {
  return page.evaluate(() => {
    const id = document.querySelector('.search input')!.getAttribute('aria-activedescendant');
    const selected = [...document.querySelectorAll('.hit[aria-selected=true]')];
    if (selected.length !== 1 || selected[0]!.id !== id) throw new Error(`${id} is not selected`);
    const [list, row] = [document.querySelector('.hits')!, selected[0]!].map((one) => one.getBoundingClientRect()); // prettier-ignore
    if (row!.top < list!.top - 1 || row!.bottom > list!.bottom + 1) throw new Error(`${id} is out of sight`); // prettier-ignore
    return [...document.querySelectorAll('.hit')].indexOf(selected[0]!);
  });
}

describeInBrowser('keyboard', (browser) => {
  describe.each(WAYS)('over %s', (way) => {
    it('`/` and Ctrl-K or Cmd-K open the search, Esc closes it', async () => {
      const page = await browser.visit(way, METHOD);
      expect(await isOpen(page)).toBe(false);
      for (const key of ['/', 'Control+k', 'Meta+k']) {
        await page.keyboard.press(key);
        await page.locator('.search input:focus').waitFor();
        await page.keyboard.press('Escape');
        await expect.poll(() => isOpen(page), { ...PATIENT, message: key }).toBe(false);
      }
    });
  });

  it('arrows go through the hits and round, Home and End to the ends', async () => {
    const page = await browser.visit('http', METHOD);
    await searchFor(page, 'sendMessage');
    const last = (await page.locator('.hit').count()) - 1;
    expect(last).toBeGreaterThan(8);
    const rows: number[] = [await activeRow(page)];
    for (const key of [
      'ArrowDown',
      'ArrowDown',
      'ArrowUp',
      'ArrowUp',
      'ArrowUp',
      'ArrowDown',
      'End',
      'Home',
    ]) {
      // prettier-ignore
      await page.keyboard.press(key);
      rows.push(await activeRow(page));
    }
    expect(rows).toEqual([0, 1, 2, 1, 0, last, 0, last, 0]);
  });

  it('Enter opens the row that arrows chose', async () => {
    const page = await browser.visit('http', METHOD);
    await searchFor(page, 'sendMessage');
    await page.keyboard.press('ArrowDown');
    const name = await page.locator('.hit').nth(1).locator('b').textContent();
    const arrived = page.waitForEvent('domcontentloaded');
    await page.keyboard.press('Enter');
    await arrived;
    expect(await page.locator('h1').textContent()).toBe(name);
  });

  it('the focus returns to where it was', async () => {
    const page = await browser.visit('http', METHOD);
    const link = page.locator('main .breadcrumb a').first();
    await link.focus();
    await searchFor(page, 'user');
    await page.keyboard.press('Escape');
    expect(await link.evaluate((one) => document.activeElement === one)).toBe(true);
  });

  it('`/` is a letter where one types', async () => {
    const page = await browser.visit('http', METHOD);
    await page.evaluate(() => document.querySelector('main')!.append(document.createElement('input'))); // prettier-ignore
    const input = page.locator('main input');
    await input.focus();
    await page.keyboard.type('a/b');
    expect(await input.inputValue()).toBe('a/b');
    expect(await isOpen(page)).toBe(false);
    await page.keyboard.press('Control+k');
    await page.keyboard.type('/x');
    expect(await page.locator('.search input').inputValue()).toBe('/x');
  });

  it('the first Tab offers to skip to the content', async () => {
    const page = await browser.visit('http', METHOD);
    await page.keyboard.press('Tab');
    expect(await page.locator('.skip').evaluate((skip) => skip === document.activeElement)).toBe(true); // prettier-ignore
    await page.keyboard.press('Enter');
    expect(await page.evaluate(() => document.activeElement!.id)).toBe('main');
  });

  it('Tab stays in the open search', async () => {
    const page = await browser.visit('http', METHOD);
    await searchFor(page, 'user');
    for (let press = 0; press < 5; press++) {
      await page.keyboard.press('Tab');
      const inside = await page.evaluate(() => document.activeElement === document.body || document.activeElement!.closest('dialog') !== null); // prettier-ignore
      expect(inside, `after Tab ${press + 1}`).toBe(true);
    }
  });
});
