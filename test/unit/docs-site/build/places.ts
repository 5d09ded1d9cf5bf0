import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  markdownContext,
  type MarkdownContext,
} from '../../../../docs-site/build/markdown/context.js';
import { renderMarkdown } from '../../../../docs-site/build/markdown/render.js';
import { Site, type SitePlaces } from '../../../../docs-site/build/site/site.js';
import { readSnippet } from '../../../../docs-site/build/snippets.js';
import type { FrontMatter } from '../../../../docs-site/build/types.js';
import { root } from '../../../structure/imports.js';

const fixture = join(root, 'test/unit/docs-site/fixture');

/** The small site of the fixture, in the real theme. */
export const places: SitePlaces = {
  root: fixture,
  content: join(fixture, 'content'),
  guide: join(fixture, 'guide'),
  theme: join(root, 'docs-site/theme'),
  address: null,
};

export const site = new Site(places);

/** Renders Markdown as if it stood on a page of the fixture. */
export function render(
  body: string,
  front: Partial<FrontMatter> = {},
  path = 'methods/messages.sendEncrypted.md',
): { html: string; context: MarkdownContext } {
  const all = {
    title: 'Page',
    description: '',
    kind: 'method',
    schema: 'telegram',
    layer: 229,
  } as const;
  const page = { path, front: { ...all, ...front }, body, firstLine: 5 };
  const context = markdownContext(page, site.symbols, (reference) =>
    readSnippet(fixture, reference),
  );
  return { html: renderMarkdown(context), context };
}

/** A folder that goes away with `using`-like care: call `remove`. */
export class TemporaryFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'tlgen-site-'));

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}
