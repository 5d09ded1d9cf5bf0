// build, dev and preview of the site; scripts/docs.mjs calls it when the content is there.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { budgetRows, budgetTable, overLimit } from './budgets.js';
import { usage, type Usage } from './measure.js';
import { startDev } from './serve/dev.js';
import { startPreview } from './serve/preview.js';
import { buildSite } from './site/build-site.js';
import type { SitePlaces } from './site/site.js';
import { SiteError } from './site-error.js';

const folder = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(folder, 'dist');

const OPTIONS = {
  'site-url': { type: 'string' },
  port: { type: 'string' },
  /** Seconds that making the content took. */
  spent: { type: 'string' },
} as const;

function readArguments() {
  try {
    return parseArgs({ allowPositionals: true, options: OPTIONS });
  } catch (error) {
    throw new SiteError(error instanceof Error ? error.message : String(error));
  }
}

async function main(): Promise<void> {
  const { positionals, values } = readArguments();
  const address = siteAddress(values['site-url'] ?? process.env['DOCS_URL']);
  const places = placesOf(address);
  switch (positionals[0]) {
    case 'build':
      return build(places, Number(values.spent ?? 0));
    case 'dev':
      console.log(`Open ${(await startDev(places, portOf(values.port, 4174), warn)).url}`);
      return;
    case 'preview':
      console.log(`Open ${(await startPreview(dist, portOf(values.port, 4173))).url}`);
      return;
    default:
      throw new SiteError('say build, dev or preview');
  }
}

const warn = (fault: string): void => console.error(fault);

const placesOf = (address: string | null): SitePlaces => ({
  root: dirname(folder),
  content: join(folder, 'content'),
  guide: join(folder, 'guide'),
  theme: join(folder, 'theme'),
  address,
});

function siteAddress(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new SiteError(
      `--site-url must be a whole address, such as https://example.org/docs/: ${text}`,
    );
  return new URL(text.endsWith('/') ? text : `${text}/`).href;
}

function portOf(text: string | undefined, usual: number): number {
  const port = text === undefined ? usual : Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new SiteError(`--port must be a number up to 65535: ${text}`);
  return port;
}

async function build(places: SitePlaces, spent: number): Promise<void> {
  const figures = await buildSite(places, dist);
  const seconds = spent + process.uptime();
  const rows = budgetRows({ seconds, content: contentUsage(), site: usage(), figures });
  console.log(budgetTable(rows));
  const over = overLimit(rows);
  if (over.length > 0)
    throw new SiteError(`Over the limit: ${over.map(({ what }) => what).join(', ')}`);
}

/** What making the content used, as build/measure.ts wrote it down. */
function contentUsage(): Usage | null {
  const file = process.env['TLGEN_CONTENT_USAGE'];
  return file === undefined ? null : (JSON.parse(readFileSync(file, 'utf8')) as Usage);
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SiteError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
