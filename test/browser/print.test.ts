import { expect, it } from 'vitest';
import { describeInBrowser } from './browser.js';

describeInBrowser('print', (browser) => {
  it('shows the text alone', async () => {
    const page = await browser.visit('http', 'methods/messages.sendMessage.html', { colorScheme: 'dark' }); // prettier-ignore
    await page.evaluate(() => scrollTo({ top: 3000, behavior: 'instant' }));
    await page.locator('.tl-signature.stuck').waitFor();
    await page.emulateMedia({ media: 'print' });
    const visible = await page.evaluate(() =>
      [
        '.bar',
        '.sidebar',
        '.toc',
        'footer',
        '.skip',
        '.breadcrumb',
        '.anchor',
        'button:not(.badge)',
      ].filter((what) =>
        // prettier-ignore
        [...document.querySelectorAll(what)].some((one) => one.checkVisibility()),
      ),
    );
    expect(visible).toEqual([]);
    const shown = ['h1', '.tl-signature', 'table', 'h2'];
    for (const what of shown) expect(await page.locator(what).first().isVisible(), what).toBe(true);
    // The whole TL line, where it belongs.
    expect(await page.locator('.tl-signature').evaluate((one) => one.clientHeight)).toBeGreaterThan(60); // prettier-ignore
    const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(background).toBe('rgb(255, 255, 255)');
  });

  it('shows every alternative with its name', async () => {
    const page = await browser.visit('http', 'methods/messages.sendEncrypted.html');
    await page.emulateMedia({ media: 'print' });
    const panels = await page
      .locator('[role=tabpanel]')
      .evaluateAll((all) =>
        all.map((one) => [one.checkVisibility(), getComputedStyle(one, '::before').content]),
      );
    expect(panels).toEqual([[true, '"TypeScript"'], [true, '"JavaScript"'], [true, '"JSON"']]); // prettier-ignore
  });

  it('unfolds what is folded, and folds it again', async () => {
    const page = await browser.visit('http', 'types/int.html');
    const open = (): Promise<boolean[]> =>
      page.locator('main details').evaluateAll((all) => all.map((one) => (one as HTMLDetailsElement).open)); // prettier-ignore
    const before = await open();
    expect(before).toContain(false);
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
    expect(await open()).not.toContain(false);
    await page.evaluate(() => dispatchEvent(new Event('afterprint')));
    expect(await open()).toEqual(before);
  });
});
