import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SiteError } from '../site-error.js';

/** The theme's style sheets in the order of their names, as one. */
export function bundleStyles(theme: string): string {
  const folder = join(theme, 'styles');
  if (!existsSync(folder)) throw new SiteError('the theme has no styles/');
  return readdirSync(folder)
    .filter((name) => name.endsWith('.css'))
    .sort()
    .map((name) => shrink(readFileSync(join(folder, name), 'utf8')))
    .join('');
}

/** Drops comments and white space that means nothing; strings of our CSS hold neither. */
const shrink = (css: string): string =>
  css
    .replace(/\/\*[^]*?\*\//g, '')
    .replace(/\s+/g, ' ')
    .replace(/ ?([{};,>]) ?/g, '$1')
    .replace(/: /g, ':')
    .replace(/;}/g, '}')
    .replace(/\b0\.(?=\d)/g, '.')
    .trim();

/** One of the theme's browser scripts, bundled and minified. */
export async function bundleScript(theme: string, entry = 'main'): Promise<string> {
  const { rolldown } = await import('rolldown');
  const input = join(theme, `client/${entry}.ts`);
  const bundle = await rolldown({ input, platform: 'browser', logLevel: 'warn' });
  try {
    const { output } = await bundle.generate({ format: 'iife', minify: true });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}
