import type { SymbolTable } from '../symbols.js';
import type { Link, SourcePage } from '../types.js';

/** What rendering a page needs to know, and what it finds out. */
export interface MarkdownContext {
  readonly page: SourcePage;
  readonly symbols: SymbolTable;
  /** Text that a guide's fence takes from a file: `examples/x.mjs#part`. Throws when there is none. */
  readonly snippet: (reference: string) => string;
  /** Headings of level 2, filled while rendering. */
  readonly contents: Link[];
  /** What is wrong with the page, filled while rendering. */
  readonly faults: string[];
  /** An id that nothing else on the page has. */
  readonly uniqueId: (wanted: string) => string;
}

export function markdownContext(
  page: SourcePage,
  symbols: SymbolTable,
  snippet: (reference: string) => string,
): MarkdownContext {
  const taken = new Set<string>();
  const uniqueId = (wanted: string): string => {
    let id = wanted;
    for (let more = 2; taken.has(id); more++) id = `${wanted}-${more}`;
    taken.add(id);
    return id;
  };
  return { page, symbols, snippet, contents: [], faults: [], uniqueId };
}
