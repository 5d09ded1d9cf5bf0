import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars from 'handlebars';
import { SiteError } from '../site-error.js';
import type { PageView } from '../types.js';

/** The templates of the theme. */
export interface Templates {
  readonly page: (view: PageView) => string;
  /** What a server answers with when there is no page. */
  readonly notFound: (view: { readonly base: string }) => string;
}

export function loadTemplates(theme: string): Templates {
  return { page: load(theme, 'page.hbs'), notFound: load(theme, '404.hbs') };
}

function load<View>(theme: string, name: string): (view: View) => string {
  const file = join(theme, name);
  if (!existsSync(file)) throw new SiteError(`the theme has no ${name}`);
  // Indentation would be a tenth of every page.
  const text = readFileSync(file, 'utf8').replace(/\n\s+/g, '\n');
  const template = Handlebars.compile<View>(text);
  return (view) => template(view);
}
