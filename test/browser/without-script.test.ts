import { describe, expect, it } from 'vitest';
import { describeInBrowser, WAYS } from './browser.js';

const METHOD = 'methods/messages.sendEncrypted.html';
const OFF = { javaScriptEnabled: false };

describeInBrowser('without JavaScript', (browser) => {
  describe.each(WAYS)('over %s', (way) => {
    it('all alternatives are shown, with their names', async () => {
      const page = await browser.visit(way, METHOD, OFF);
      const panels = await page.locator('[role=tabpanel]').all();
      expect(panels.length).toBeGreaterThan(2);
      for (const panel of panels) {
        expect(await panel.isVisible()).toBe(true);
        expect(await panel.locator('pre').isVisible()).toBe(true);
        const name = await panel.evaluate((one) => getComputedStyle(one, '::before').content);
        expect(name).toBe(`"${await panel.getAttribute('data-title')}"`);
      }
      expect(await page.getByRole('tablist').count(), 'tabs that do nothing').toBe(0);
    });

    it('the search leads to A–Z, links to pages', async () => {
      const page = await browser.visit(way, METHOD, OFF);
      await page.locator('.find').click();
      await page.waitForURL(/\/a-z\.html$/);
      await page.getByRole('link', { name: 'auth.sendCode', exact: true }).first().click();
      await page.waitForURL(/\/methods\/auth\.sendCode\.html$/);
      expect(await page.locator('h1').textContent()).toBe('auth.sendCode');
    });
  });

  it('buttons that would do nothing are not there', async () => {
    const page = await browser.visit('http', METHOD, OFF);
    const buttons = page.locator('button:not(.badge)');
    const shown = await Promise.all((await buttons.all()).map((button) => button.isVisible()));
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.filter(Boolean)).toEqual([]);
  });

  it('the way on is there on a phone too', async () => {
    const page = await browser.visit('http', METHOD, { ...OFF, viewport: { width: 390, height: 844 } }); // prettier-ignore
    expect(await page.locator('.sidebar').isVisible()).toBe(true);
    expect(await page.locator('.siblings .all').isVisible()).toBe(true);
    const { scroll, client } = await page.evaluate(() => ({
      scroll: document.documentElement.scrollWidth,
      client: document.documentElement.clientWidth,
    }));
    expect(scroll).toBeLessThanOrEqual(client);
  });
});
