import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults, RunOnly, RunOptions } from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeInBrowser } from './browser.js';
import { PAGE_KINDS, PROBES } from './page-kinds.js';
import { searchFor } from './search-box.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const RULES = {
  light: {
    type: 'tag',
    values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  },
  // The dark scheme changes nothing but colors.
  dark: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
} as const satisfies Record<string, RunOnly>;

/** What axe finds wrong, in light and in dark: rule and places. */
async function violations(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(AXE);
  await page.emulateMedia({ colorScheme: 'light' });
  const light = await run(page, RULES.light);
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await run(page, RULES.dark);
  return [...light, ...dark.map((one) => `dark: ${one}`)];
}

async function run(page: Page, only: RunOnly): Promise<readonly string[]> {
  const runOnly: RunOnly = { type: only.type, values: [...only.values] };
  const options: RunOptions = { runOnly, preload: false, resultTypes: ['violations'] };
  return page.evaluate(async (asked) => {
    const { axe } = window as unknown as { axe: { run: (options: RunOptions) => Promise<AxeResults> } }; // prettier-ignore
    const found = await axe.run(asked);
    return found.violations.map(({ id, nodes }) => {
      const places = nodes.slice(0, 3).map(({ target }) => target.join(' '));
      return `${id}: ${places.join(' | ')} (${nodes.length})`;
    });
  }, options);
}

describeInBrowser('accessibility, light and dark', (browser) => {
  it('a page of each kind', async () => {
    const page = await browser.visit('http', 'index.html');
    const found: Record<string, readonly string[]> = {};
    for (const [kind, path] of Object.entries(PAGE_KINDS)) {
      await page.goto(browser.url('http', path), { waitUntil: 'load' });
      const wrong = await violations(page);
      if (wrong.length > 0) found[kind] = wrong;
    }
    expect(found).toEqual({});
  });

  it('the page that says there is none', async () => {
    const page = await browser.visit('http', '404.html', { expected: PROBES });
    expect(await violations(page)).toEqual([]);
  });

  it('the open search: hits, nothing found', async () => {
    const page = await browser.visit('http', PAGE_KINDS['built-in type']!);
    for (const query of ['sendMessage', 'FLOOD_WAIT_42', 'qqqqzzzzxxxx']) {
      await searchFor(page, query);
      expect(await violations(page), query).toEqual([]);
    }
  });

  it('a phone, and the open drawer', async () => {
    const viewport = { width: 390, height: 844 };
    const page = await browser.visit('http', PAGE_KINDS['method']!, { viewport }); // prettier-ignore
    expect(await violations(page)).toEqual([]);
    await page.locator('button.menu').click();
    await page.getByRole('dialog', { name: 'Menu' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });

  it('the stuck signature', async () => {
    const page = await browser.visit('http', 'secret/constructors/decryptedMessage_17.html');
    await page.evaluate(() => scrollTo({ top: 1000, behavior: 'instant' }));
    await page.locator('.tl-signature.stuck').waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
