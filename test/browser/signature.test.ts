import { expect, it } from 'vitest';
import { describeInBrowser } from './browser.js';

const METHOD = 'methods/messages.sendMessage.html';

/** Where things are on the screen, in CSS pixels. */
function places(): {
  readonly bar: number;
  readonly top: number;
  readonly bottom: number;
  readonly height: number;
  readonly page: number;
} {
  const signature = document.querySelector('.tl-signature')!.getBoundingClientRect();
  return {
    bar: document.querySelector('.bar')!.getBoundingClientRect().bottom,
    top: signature.top,
    bottom: signature.bottom,
    height: signature.height,
    page: document.documentElement.scrollHeight,
  };
}

/** What scrolling changes has been done by then. */
const nextFrame = (): Promise<void> =>
  new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));

const toBottom = (): void => scrollTo({ top: document.body.scrollHeight, behavior: 'instant' });

describeInBrowser('signature', (browser) => {
  it('shrinks to a line below the bar when scrolled away, and grows again', async () => {
    const page = await browser.visit('http', METHOD);
    const whole = await page.evaluate(places);
    expect(whole.height, 'a long one').toBeGreaterThan(100);
    await page.evaluate(toBottom);
    await page.locator('.tl-signature.stuck').waitFor();
    const stuck = await page.evaluate(places);
    expect(stuck.top).toBeCloseTo(stuck.bar, 0);
    expect(stuck.height).toBeLessThanOrEqual(48);
    expect(stuck.page, 'the text below does not move').toBe(whole.page);
    await page.evaluate(() => scrollTo({ top: 0, behavior: 'instant' }));
    await page.locator('.tl-signature:not(.stuck)').waitFor();
    expect(await page.evaluate(places)).toEqual(whole);
  });

  it('covers no heading that a link jumps to', async () => {
    const page = await browser.visit('http', METHOD);
    const ids = await page.locator('main h2[id]').evaluateAll((all) => all.map(({ id }) => id));
    expect(ids.length).toBeGreaterThan(5);
    const covered: string[] = [];
    for (const id of ids) {
      await page.locator(`.toc a[href="#${id}"]`).click();
      await page.waitForURL(`**#${id}`);
      await page.evaluate(nextFrame);
      const heading = page.locator(`[id="${id}"]`);
      const top = await heading.evaluate((one) => one.getBoundingClientRect().top);
      const { bottom } = await page.evaluate(places);
      if (top < bottom) covered.push(`${id}: ${top} < ${bottom}`);
    }
    expect(covered).toEqual([]);
  });

  it('covers no heading of an address that one opens', async () => {
    const page = await browser.visit('http', `${METHOD}#errors`);
    await page.locator('.tl-signature.stuck').waitFor();
    const top = await page.locator('#errors').evaluate((one) => one.getBoundingClientRect().top);
    const { bottom } = await page.evaluate(places);
    expect(top).toBeGreaterThanOrEqual(bottom);
    expect(top).toBeLessThan(300);
  });

  it('marks the part that is read in "On this page"', async () => {
    const page = await browser.visit('http', METHOD);
    await page.locator('.toc a[href="#errors"]').click();
    await page.locator('.toc a[href="#errors"][aria-current=true]').waitFor();
    expect(await page.locator('.toc [aria-current]').count()).toBe(1);
  });

  it('stays where it is on a phone', async () => {
    const page = await browser.visit('http', METHOD, { viewport: { width: 390, height: 844 } });
    await page.evaluate(toBottom);
    const { bottom } = await page.evaluate(places);
    expect(bottom).toBeLessThan(0);
  });
});
