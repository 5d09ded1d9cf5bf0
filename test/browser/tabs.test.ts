import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';
import { expectRemembered } from './remembered.js';

const METHOD = 'methods/messages.sendEncrypted.html';
const OTHER = 'methods/messages.sendMessage.html';

/** The chosen tab of the first set; checks that its panel alone is shown. */
async function chosen(page: Page): Promise<string> {
  return page.evaluate(() => {
    const box = document.querySelector('.tabs')!;
    const tabs = [...box.querySelectorAll('[role=tab][aria-selected=true]')];
    const panels = [...box.querySelectorAll('[role=tabpanel]')].filter((panel) => panel.checkVisibility()); // prettier-ignore
    if (tabs.length !== 1 || panels.length !== 1) throw new Error(`${tabs.length} tabs, ${panels.length} panels`); // prettier-ignore
    if (tabs[0]!.getAttribute('aria-controls') !== panels[0]!.id) throw new Error('another panel');
    return tabs[0]!.textContent;
  });
}

describeInBrowser('tabs', (browser) => {
  describe.each(WAYS)('over %s', (way) => {
    it('a click chooses; the choice holds on other pages and after a reload', async () => {
      const page = await browser.visit(way, METHOD);
      expect(await chosen(page)).toBe('TypeScript');
      await page.getByRole('tab', { name: 'JavaScript' }).click();
      expect(await chosen(page)).toBe('JavaScript');
      const read = (): Promise<string> => chosen(page);
      await expectRemembered(way, () => page.reload(), read, 'JavaScript');
      const other = browser.url(way, OTHER);
      await expectRemembered(way, () => page.goto(other), read, 'JavaScript');
    });
  });

  it('arrow keys go round, Home and End to the ends, and the focus with them', async () => {
    const page = await browser.visit('http', METHOD);
    await page.getByRole('tab', { name: 'TypeScript' }).focus();
    const names: string[] = [];
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowLeft', 'Home', 'End']) {
      await page.keyboard.press(key);
      names.push(await chosen(page));
      const focused = await page.evaluate(() => document.activeElement!.textContent);
      expect(focused, key).toBe(names.at(-1));
    }
    expect(names).toEqual(['JavaScript', 'JSON', 'TypeScript', 'JSON', 'TypeScript', 'JSON']);
  });

  it('one tab is a stop of the Tab key', async () => {
    const page = await browser.visit('http', METHOD);
    await page.getByRole('tab', { name: 'JSON' }).click();
    const stops = await page.locator('[role=tab]').evaluateAll((tabs) => tabs.map((tab) => (tab as HTMLElement).tabIndex)); // prettier-ignore
    expect(stops).toEqual([-1, -1, 0]);
  });
});
