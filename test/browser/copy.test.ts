import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { DIST, fences } from '../docs/content.js';
import { describeInBrowser, PATIENT } from './browser.js';

const METHOD = 'methods/messages.sendEncrypted';

/** What the Markdown of the page says stands in its fences. */
const written = fences(readFileSync(`${DIST}${METHOD}.md`, 'utf8'));
const fence = (info: string): string => written.find((one) => one.info === info)!.text.trimEnd();

/** What is in the clipboard, as a reader gets it: by Ctrl-V. */
async function pasted(page: Page): Promise<string> {
  await page.evaluate(() => {
    const area = document.createElement('textarea');
    area.id = 'pasted';
    document.body.append(area);
    area.focus();
  });
  await page.keyboard.press('Control+v');
  const text = await page.locator('#pasted').inputValue();
  await page.evaluate(() => document.querySelector('#pasted')!.remove());
  return text;
}

/** Notes what screen readers are told: in `window.said`. */
function noteAnnouncements(): void {
  const said: string[] = [];
  Object.assign(window, { said });
  new MutationObserver((changes) => {
    for (const { target } of changes)
      if (target instanceof HTMLElement && target.matches('[role=status]') && target.textContent)
        said.push(target.textContent);
  }).observe(document, { childList: true, subtree: true });
}

const said = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => (window as unknown as { said: string[] }).said);

/** Presses a copy button, waits until a reader is told, and gives what was copied. */
async function press(page: Page, button: Locator): Promise<string> {
  const before = (await said(page)).length;
  await button.click();
  await expect.poll(() => said(page), PATIENT).toHaveLength(before + 1);
  expect((await said(page)).at(-1)).toBe('Copied');
  return pasted(page);
}

describeInBrowser('copy', (browser) => {
  const ways = {
    http: () => browser.url('http', `${METHOD}.html`),
    file: () => browser.url('file', `${METHOD}.html`),
    // No clipboard there: what the button does instead.
    'insecure http': () => `http://insecure.test:${browser.port}/some/where/${METHOD}.html`,
  };

  describe.each(Object.entries(ways))('over %s', (way, url) => {
    it('the TL line, the code and the id are copied exactly, and it is said', async () => {
      const page = await browser.visitUrl(url(), { before: noteAnnouncements });
      expect(await page.evaluate(() => isSecureContext)).toBe(way !== 'insecure http');
      expect(await press(page, page.locator('.tl-signature .copy'))).toBe(fence('tl signature'));
      expect(await press(page, page.locator('.tl-result .copy'))).toBe(fence('tl result'));
      expect(await press(page, page.locator('.badge-id'))).toBe('0x44fa7a15');
      expect(await press(page, page.locator('[role=tabpanel]:visible .copy'))).toBe(fence('ts'));
      await page.getByRole('tab', { name: 'JSON' }).click();
      expect(await press(page, page.locator('[role=tabpanel]:visible .copy'))).toBe(fence('json'));
    });
  });

  it('the button says so too, for a while', async () => {
    const page = await browser.visit('http', `${METHOD}.html`);
    const button = page.locator('.tl-signature .copy');
    await button.click();
    await page.locator('.tl-signature .copy', { hasText: 'Copied' }).waitFor();
    await page.locator('.tl-signature .copy', { hasText: /^Copy$/ }).waitFor();
  });

  it('the focus stays on the button where copying needs a selection', async () => {
    const page = await browser.visitUrl(ways['insecure http'](), { before: noteAnnouncements });
    await page.locator('.badge-id').focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => said(page), PATIENT).toEqual(['Copied']);
    expect(await page.evaluate(() => document.activeElement!.className)).toContain('badge-id');
  });
});
