import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser } from './browser.js';
import { serveSite, type SiteServer } from './site-server.js';

/** The answer itself, and what the script asks on its way to the site. */
const NOT_FOUND = /answer 404|status of 404/;

/** Follows a link and gives the address it leads to, of a page that exists. */
async function follow(page: Page, name: string): Promise<string> {
  const back = page.url();
  await page.getByRole('link', { name }).click();
  await page.waitForURL((url) => url.href !== back, { waitUntil: 'domcontentloaded' });
  expect(await page.locator('.bar').count(), 'a page of the site').toBe(1);
  const there = page.url();
  await page.goto(back, { waitUntil: 'domcontentloaded' });
  return there;
}

/** Waits until the script has found the site. */
const foundSite = (page: Page, root: string): Promise<unknown> =>
  page.waitForFunction((url) => document.baseURI === url, root);

describeInBrowser('a page that does not exist', (browser) => {
  let atRoot: SiteServer;
  beforeAll(async () => {
    atRoot = await serveSite('/');
  });
  afterAll(() => atRoot.close());

  it.each(['methods/messages.sendEncryptd.html', 'deep/er/and/deeper', 'types/Nothing.html'])(
    'is answered in the look of the site, below a path: %s',
    async (path) => {
      const page = await browser.visit('http', path, { expected: NOT_FOUND });
      expect(await page.locator('h1').textContent()).toBe('This page does not exist');
      const { display, font } = await page.evaluate(() => {
        const style = getComputedStyle(document.body);
        return { display: style.display, font: style.fontFamily };
      });
      expect({ display, font }).toEqual({
        display: 'grid',
        font: expect.stringContaining('system-ui'),
      });
      const root = browser.url('http', '');
      await foundSite(page, root);
      expect(await page.getByRole('link', { name: 'Home' }).evaluate((one) => (one as HTMLAnchorElement).href)).toBe(`${root}index.html`); // prettier-ignore
    },
  );

  it('leads home, to A–Z, and to the search for the name', async () => {
    const page = await browser.visit('http', 'methods/messages.sendEncryptd.html', { expected: NOT_FOUND }); // prettier-ignore
    const root = browser.url('http', '');
    await foundSite(page, root);
    const home = await follow(page, 'Home');
    await foundSite(page, root);
    expect([home, await follow(page, 'A–Z')]).toEqual([`${root}index.html`, `${root}a-z.html`]);
    await foundSite(page, root);
    const search = page.getByRole('link', { name: 'Search for “messages.sendEncryptd”' });
    const url = await search.evaluate((one) => (one as HTMLAnchorElement).href);
    expect(url).toBe(`${root}index.html?q=messages.sendEncryptd`);
    await search.click();
    await page.locator('.hit').first().waitFor();
    expect(await page.locator('.hit b').first().textContent()).toBe('messages.sendEncrypted');
  });

  it('works at the root of a server, even without JavaScript', async () => {
    const url = `${atRoot.url}methods/deep/nothing.html`;
    const page = await browser.visitUrl(url, { expected: NOT_FOUND, javaScriptEnabled: false });
    expect(await follow(page, 'A–Z')).toBe(`${atRoot.url}a-z.html`);
    expect(await follow(page, 'Home')).toBe(`${atRoot.url}index.html`);
  });
});
