import { describe, expect, it } from 'vitest';
import { describeInBrowser, PATIENT, WAYS } from './browser.js';
import { enter, firstHit, searchFor } from './search-box.js';
import { SEARCH_TABLE } from './search-table.js';

const isInSight = (element: Element): boolean => {
  const { top, bottom } = element.getBoundingClientRect();
  return (
    top >= document.querySelector('.bar')!.getBoundingClientRect().bottom && bottom <= innerHeight
  );
};

describeInBrowser('search', (browser) => {
  it.each(Object.entries(SEARCH_TABLE))(
    'finds %s first, and Enter opens the page',
    async (_sort, cases) => {
      const page = await browser.visit('http', 'index.html');
      const answers: unknown[] = [];
      for (const [at, { query, first }] of cases.entries()) {
        await searchFor(page, query);
        const hit = await firstHit(page);
        // A page that several queries find is opened by the last of them.
        const opens = cases[at + 1]?.first !== first && hit !== null;
        answers.push({ query, first: hit, heading: opens ? await enter(page) : null });
      }
      expect(answers).toEqual(
        cases.map(({ query, first }, at) => ({
          query,
          first,
          heading: cases[at + 1]?.first === first ? null : first,
        })),
      );
    },
  );

  describe.each(WAYS)('over %s', (way) => {
    it('finds pages from any folder, also those with a name of their own', async () => {
      const page = await browser.visit(way, 'secret/layers/index.html');
      const headings: (string | null)[] = [];
      for (const query of ['FLOOD_WAIT_42', 'decryptedMessage_17', '44fa7a15', 'migrating']) {
        await searchFor(page, query);
        headings.push(await enter(page));
      }
      expect(headings).toEqual(['FLOOD_WAIT_%d', 'decryptedMessage_17', 'messages.sendEncrypted', 'Migrating from GramJS']); // prettier-ignore
    });

    it('a click opens a hit, and what was found is offered again', async () => {
      const page = await browser.visit(way, 'index.html');
      await searchFor(page, 'flood wait');
      const arrived = page.waitForURL(/errors\/FLOOD_WAIT_X\.html$/);
      await page.locator('.hit').first().click();
      await arrived;
      await page.keyboard.press('/');
      await page.locator('.hit').first().waitFor();
      expect(await page.locator('.hit b').allTextContents()).toEqual(['FLOOD_WAIT_%d']);
    });

    it('a section of a guide is shown, not only its page', async () => {
      const page = await browser.visit(way, 'index.html');
      await searchFor(page, 'who may import whom');
      expect(await firstHit(page)).toBe('Who may import whom');
      expect(await enter(page)).toBe('Architecture');
      expect(page.url()).toMatch(/architecture\.html#who-may-import-whom$/);
      expect(await page.locator('#who-may-import-whom').evaluate(isInSight)).toBe(true);
      await searchFor(page, 'from a schema to a page');
      await page.keyboard.press('Enter');
      await page.waitForURL(/#from-a-schema-to-a-page$/);
      expect(await page.locator('dialog.search[open]').count(), 'open search').toBe(0);
      await expect.poll(() => page.locator('#from-a-schema-to-a-page').evaluate(isInSight), PATIENT).toBe(true); // prettier-ignore
    });

    it('`?q=` opens it with the query', async () => {
      const page = await browser.visit(way, 'index.html?q=sendEncrypted');
      await page.locator('.hit').first().waitFor();
      expect(await page.locator('.search input').inputValue()).toBe('sendEncrypted');
      expect(await firstHit(page)).toBe('messages.sendEncrypted');
    });
  });

  it('says so when nothing is found', async () => {
    const page = await browser.visit('http', 'index.html');
    await searchFor(page, 'qqqqzzzzxxxx');
    expect(await page.locator('.hit').count()).toBe(0);
    expect(await page.locator('.hints [role=status]').textContent()).toContain('qqqqzzzzxxxx');
    await page.locator('.hints button').first().click();
    expect(await firstHit(page)).not.toBeNull();
  });

  it('an id finds its own page alone', async () => {
    const page = await browser.visit('http', 'index.html');
    await searchFor(page, '0x44fa7a15');
    expect(await page.locator('.hit b').allTextContents()).toEqual(['messages.sendEncrypted']);
  });

  it('a code finds errors of that code', async () => {
    const page = await browser.visit('http', 'index.html');
    await searchFor(page, '420');
    const codes = await page.locator('.hit-error code').allTextContents();
    expect(codes.length).toBeGreaterThan(5);
    expect(codes.filter((code) => !code.includes('420'))).toEqual([]);
    expect(await page.locator('.hit').first().getAttribute('class')).toContain('hit-error');
  });
});
