// Browser code in page.evaluate() is typed by this.
/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
import { existsSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DIST } from '../docs/content.js';
import { findChromium, isBrowserRequired, whyNoBrowser } from './chromium.js';
import { watch, type Problems } from './problems.js';
import { serveSite, SUB_PATH, type SiteServer } from './site-server.js';

/** The ways the site is read: below a path of a server, and from the disk. */
export const WAYS = ['http', 'file'] as const;
export type Way = (typeof WAYS)[number];

/** How long a busy machine may take for what should come at once. */
export const PATIENT = { timeout: 20_000 };

export interface VisitOptions extends BrowserContextOptions {
  /** Problems that belong to the test: an answer 404. */
  readonly expected?: RegExp;
  /** Runs before the scripts of every page. */
  readonly before?: () => void;
}

/** The browser of a test file. What a test opens is closed when it ends, and must have met no problem. */
export class TestBrowser {
  #browser: Browser | undefined;
  #server: SiteServer | undefined;
  #open: { close: () => Promise<void>; problems: Problems; expected: RegExp | undefined }[] = [];

  /** Opens a page, from the root of the site, in a context of its own. */
  async visit(way: Way, path: string, options: VisitOptions = {}): Promise<Page> {
    return this.visitUrl(this.url(way, path), options);
  }

  async visitUrl(url: string, { expected, before, ...options }: VisitOptions = {}): Promise<Page> {
    // Smooth scrolling would make every click wait.
    const usual = { viewport: { width: 1360, height: 900 }, reducedMotion: 'reduce' } as const;
    const context = await this.#browser!.newContext({ ...usual, ...options });
    context.setDefaultTimeout(PATIENT.timeout);
    const roots = [...WAYS.map((way) => this.url(way, '')), new URL('/', url).href];
    const problems = watch(context, roots);
    this.#open.push({ close: () => context.close(), problems, expected });
    if (before !== undefined) await context.addInitScript(before);
    const page = await context.newPage();
    // Deferred scripts wait for the style sheet; without them only the load does.
    const waitUntil = options.javaScriptEnabled === false ? 'load' : 'domcontentloaded';
    await page.goto(url, { waitUntil });
    return page;
  }

  /** Address of a page. */
  url(way: Way, path: string): string {
    return (way === 'http' ? this.#server!.url : pathToFileURL(DIST).href) + path;
  }

  /** Port of the server, for addresses of one's own. */
  get port(): number {
    return this.#server!.port;
  }

  async start(): Promise<void> {
    if (!existsSync(`${DIST}index.html`)) throw new Error('no site: run `npm run docs:build`');
    this.#server = await serveSite(SUB_PATH);
    const isRoot = process.getuid?.() === 0;
    this.#browser = await chromium.launch({
      executablePath: findChromium() ?? '',
      // A name that is not this machine's own is served insecurely: browsers then deny the clipboard.
      args: [
        '--host-resolver-rules=MAP insecure.test 127.0.0.1',
        ...(isRoot ? ['--no-sandbox'] : []),
      ],
    });
  }

  /** What the pages of this test met that is not expected of them. */
  get problems(): Problems {
    return this.#open.flatMap(({ problems, expected }) =>
      problems.filter((problem) => expected?.test(problem) !== true),
    );
  }

  /** Forgets the problems met until now: the test caused them. */
  forgive(): void {
    for (const { problems } of this.#open) problems.splice(0);
  }

  /** Closes what the test opened; fails it if a page met problems. */
  async endTest(): Promise<void> {
    const met = this.problems;
    const open = this.#open.splice(0);
    await Promise.all(open.map(({ close }) => close()));
    expect(met, 'problems met by the pages of this test').toEqual([]);
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#server?.close();
  }
}

/** Tests in a real browser: skipped where there is none, unless `TLGEN_BROWSER=required`. */
export function describeInBrowser(name: string, tests: (browser: TestBrowser) => void): void {
  const why = whyNoBrowser();
  if (why !== null && !isBrowserRequired()) {
    console.warn(`Tests of ${name} are skipped: ${why}`);
    describe(name, () => it.skip(why, () => undefined));
    return;
  }
  describe(name, () => {
    const browser = new TestBrowser();
    beforeAll(async () => {
      if (why !== null) throw new Error(why);
      await browser.start();
    });
    afterEach(() => browser.endTest());
    afterAll(() => browser.stop());
    tests(browser);
  });
}
