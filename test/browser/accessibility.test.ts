import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { describeInBrowser } from './browser.js';
import { PAGE_KINDS } from './page-kinds.js';
import { searchFor } from './search-box.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong: rule and places. */
async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  return page.evaluate(async (values) => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }; // prettier-ignore
    const found = await axe.run({
      runOnly: { type: 'tag', values },
      preload: false,
      resultTypes: ['violations'],
    });
    return found.violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes.slice(0, 3).map(({ target }) => target.join(' ')).join(' | ')} (${nodes.length})`, // prettier-ignore
    );
  }, RULES);
}

describeInBrowser('accessibility', (browser) => {
  describe.each(['light', 'dark'] as const)('%s', (colorScheme) => {
    it('a page of each kind', async () => {
      const page = await browser.visit('http', 'index.html', { colorScheme });
      const found: Record<string, readonly string[]> = {};
      for (const [kind, path] of Object.entries({ ...PAGE_KINDS, 'not found': '404.html' })) {
        await page.goto(browser.url('http', path), { waitUntil: 'load' });
        const wrong = await violations(page);
        if (wrong.length > 0) found[kind] = wrong;
      }
      expect(found).toEqual({});
    });

    it('the open search: hits, nothing found', async () => {
      const page = await browser.visit('http', PAGE_KINDS['method']!, { colorScheme });
      await searchFor(page, 'sendMessage');
      expect(await violations(page)).toEqual([]);
      await searchFor(page, 'FLOOD_WAIT_42');
      expect(await violations(page)).toEqual([]);
      await searchFor(page, 'qqqqzzzzxxxx');
      expect(await violations(page)).toEqual([]);
    });

    it('a phone, and the open drawer', async () => {
      const viewport = { width: 390, height: 844 };
      const page = await browser.visit('http', PAGE_KINDS['method']!, { colorScheme, viewport, reducedMotion: 'reduce' }); // prettier-ignore
      expect(await violations(page)).toEqual([]);
      await page.locator('button.menu').click();
      await page.getByRole('dialog', { name: 'Menu' }).waitFor();
      expect(await violations(page)).toEqual([]);
    });
  });

  it('the stuck signature', async () => {
    const page = await browser.visit('http', 'methods/messages.sendMessage.html');
    await page.evaluate(() => scrollTo({ top: 2000, behavior: 'instant' }));
    await page.locator('.tl-signature.stuck').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
