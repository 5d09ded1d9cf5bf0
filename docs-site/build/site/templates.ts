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
  const template = Handlebars.compile<View>(readFileSync(file, 'utf8'), { strict: false });
  // What a template does not find at the inner level it must not look for elsewhere.
  return (view) => template(view);
}
