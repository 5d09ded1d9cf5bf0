import type { ListedRef, PageHead, PageRef, TypePart } from '../types.js';
import type { Desk } from './desk.js';
import { escapeCell, escapeLabel, escapeText } from './escape.js';
import { blockProse, inlineProse, type ProseLinks } from './prose.js';

/** Writes Markdown as it stands on one page: links are relative to it, and its own names lead nowhere. */
export class PageWriter {
  private readonly prose: ProseLinks;

  /** @param own - names that mean something on this page itself, such as its fields. */
  constructor(
    readonly desk: Desk,
    readonly page: PageHead,
    own: readonly string[] = [],
  ) {
    const skip = new Set([page.name, ...own]);
    const url = (ref: PageRef | null): string | null =>
      ref === null || ref.path === page.path ? null : this.url(ref.path);
    this.prose = {
      named: (name) => (skip.has(name) ? null : url(desk.names.named(page.schema, name))),
      page: (kind, name) => url(desk.names.findAnywhere(page.schema, kind, name)),
    };
  }

  url(path: string): string {
    return this.desk.link(this.page.path, path);
  }

  /** A link to a page. */
  link(ref: PageRef, text = ref.name): string {
    return `[${escapeLabel(text)}](${this.url(ref.path)})`;
  }

  /** `[layer 218](…)` where that layer has a page. */
  layer(layer: number): string {
    const ref = this.desk.names.find(this.page.schema, 'layer', String(layer));
    return ref === null ? `layer ${layer}` : this.link(ref, `layer ${layer}`);
  }

  /** A type with a link for every part. */
  types(parts: readonly TypePart[]): string {
    return parts
      .map(({ text, ref }) => (ref === null ? escapeText(text) : this.link(ref, text)))
      .join('')
      .replace(/<(?=[A-Za-z/!?])/g, '&lt;');
  }

  /** A line of a list: link and description. */
  item(ref: ListedRef): string {
    const link = this.link(ref);
    return ref.description === null ? `- ${link}` : `- ${link}: ${this.line(ref.description)}`;
  }

  /** A description as lists show it. */
  line(description: string): string {
    return this.desk.line(description);
  }

  /** A description within a line. */
  inline(text: string): string {
    return inlineProse(text, this.prose);
  }

  /** A description as paragraphs. */
  block(text: string): string {
    return blockProse(text, this.prose);
  }

  /** A description as a cell. */
  cell(text: string | null): string {
    return escapeCell(text === null ? '' : this.inline(text));
  }
}
