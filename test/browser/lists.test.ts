import { describe, expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';

describeInBrowser('long lists', (browser) => {
  it('back-links are folded after 30 and unfold', async () => {
    const page = await browser.visit('http', 'types/int.html');
    const lists = await page.evaluate(() =>
      [...document.querySelectorAll('.more')].map((more) => ({
        shown: more.previousElementSibling!.querySelectorAll(':scope > li').length,
        hidden: more.querySelectorAll('li').length,
        said: more.querySelector('summary')!.textContent,
      })),
    );
    expect(lists.length).toBeGreaterThan(1);
    for (const { shown, hidden, said } of lists) {
      expect(shown).toBe(30);
      expect(said).toContain(String(shown + hidden));
    }
    const more = page.locator('.more').first();
    const link = more.getByRole('link', { includeHidden: true }).last();
    expect(await link.isVisible()).toBe(false);
    await more.locator('summary').focus();
    await page.keyboard.press('Enter');
    expect(await link.isVisible()).toBe(true);
    expect(await page.locator('.more').nth(1).getAttribute('open'), 'the others stay').toBeNull();
  });

  it('short lists are not folded', async () => {
    const page = await browser.visit('http', 'constructors/keyboardButtonUrl.html');
    expect(await page.locator('.more').count()).toBe(0);
  });

  describe.each(WAYS)('neighbours, over %s', (way) => {
    it('the list of many comes later, with the current page marked and in sight', async () => {
      const page = await browser.visit(way, 'methods/messages.sendEncrypted.html');
      await page.locator('.siblings li').nth(100).waitFor();
      const { links, current } = await page.evaluate(() => ({
        links: [...document.querySelectorAll<HTMLAnchorElement>('.siblings li a')].map(({ href }) => href), // prettier-ignore
        current: [...document.querySelectorAll('.siblings [aria-current=page]')].map(({ textContent }) => textContent), // prettier-ignore
      }));
      expect(current).toEqual(['sendEncrypted']);
      expect(new Set(links).size).toBe(links.length);
      expect(await page.locator('.siblings .all').textContent()).toBe(`All ${links.length}`);
      expect(links).toContain(page.url());
      const inSight = await page.locator('.siblings [aria-current]').evaluate((link) => {
        const { top, bottom } = link.getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      });
      expect(inSight).toBe(true);
      expect(await page.evaluate(() => scrollY), 'the page itself has not moved').toBe(0);
      await page.locator('.siblings a', { hasText: /^sendMessage$/ }).click();
      await page.waitForURL(/methods\/messages\.sendMessage\.html$/);
    });

    it('of errors too, whose files have other names', async () => {
      const page = await browser.visit(way, 'errors/FLOOD_WAIT_X.html');
      await page.locator('.siblings li').nth(100).waitFor();
      expect(await page.locator('.siblings [aria-current=page]').allTextContents()).toEqual(['FLOOD_WAIT_%d']); // prettier-ignore
    });
  });
});
