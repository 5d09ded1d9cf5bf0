import type { Page } from 'playwright-core';

/** Opens the search with the keyboard, unless it is open, and types a query; the list is that of the query when this resolves. */
export async function searchFor(page: Page, query: string): Promise<void> {
  const box = page.locator('dialog.search[open]');
  if (!(await box.isVisible())) await page.keyboard.press('/');
  await box.waitFor();
  await page.locator('.search input').fill(query);
  await page.locator('.hit, .hints button').first().waitFor();
}

/** Name of the first hit; null: nothing was found. */
export async function firstHit(page: Page): Promise<string | null> {
  const [first = null] = await page.locator('.hit b').allTextContents();
  return first;
}

/** Goes where Enter leads; gives the heading of that page. */
export async function enter(page: Page): Promise<string | null> {
  const target = await page.locator('.hit[aria-selected=true]').evaluate((hit) => (hit as HTMLAnchorElement).href); // prettier-ignore
  const arrived = page.waitForEvent('domcontentloaded');
  await page.keyboard.press('Enter');
  await arrived;
  if (page.url() !== target) throw new Error(`${page.url()} instead of ${target}`);
  return page.locator('h1').textContent();
}
