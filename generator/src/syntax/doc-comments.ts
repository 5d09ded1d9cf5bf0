import type { Combinator } from './ast.js';
import type { Comment } from './token.js';

const TAG = /@([A-Za-z_][A-Za-z0-9_]*)/g;

/** What the comments before a declaration say. */
export interface DocBlock {
  readonly description: string | null;
  /** Field name → description. */
  readonly fields: ReadonlyMap<string, string>;
  /** Type name → description, from `@class`. */
  readonly types: ReadonlyMap<string, string>;
}

/**
 * Reads td_api-style documentation: `//@description … @field …`, continued by `//-…`.
 * An `@word` opens a part only when it is `description`, `class` or one of `fieldNames`
 * (`@param_x` for a field that is itself called `description` or `class`): texts may mention @names.
 */
export function readDocBlock(
  comments: readonly Comment[],
  fieldNames: ReadonlySet<string>,
): DocBlock {
  const types = new Map<string, string>();
  const fields = new Map<string, string>();
  let description: string | null = null;
  let openType: string | null = null;
  for (const { tag, text } of splitTags(joinDocLines(comments), fieldNames)) {
    if (tag === 'class') {
      openType = text.split(' ', 1)[0] ?? '';
    } else if (tag === 'description' && openType !== null) {
      types.set(openType, text);
      openType = null;
    } else if (tag === 'description') {
      description = text;
    } else {
      fields.set(fieldNames.has(tag) ? tag : tag.slice('param_'.length), text);
    }
  }
  return { description, fields, types };
}

/** Puts the texts of a doc block into a combinator. */
export function describeCombinator(combinator: Combinator, block: DocBlock): Combinator {
  if (block.description === null && block.fields.size === 0) return combinator;
  const fields = combinator.fields.map((field) => {
    const description = field.name === null ? undefined : block.fields.get(field.name);
    return description === undefined ? field : { ...field, description };
  });
  return { ...combinator, fields, description: block.description };
}

function joinDocLines(comments: readonly Comment[]): string {
  const parts: string[] = [];
  let continues = false;
  for (const { text, trailing } of comments) {
    if (trailing) continue;
    if (text.startsWith('@')) {
      parts.push(text);
      continues = true;
    } else if (continues && /^-(?!-)/.test(text)) {
      parts.push(text.slice(1));
    } else {
      continues = false;
    }
  }
  return parts.join(' ').replaceAll(/\s+/g, ' ').trim();
}

function splitTags(
  text: string,
  fieldNames: ReadonlySet<string>,
): readonly { tag: string; text: string }[] {
  const found: { tag: string; text: string }[] = [];
  let open: { tag: string; from: number } | null = null;
  const close = (to: number): void => {
    if (open !== null) found.push({ tag: open.tag, text: text.slice(open.from, to).trim() });
  };
  for (const match of text.matchAll(TAG)) {
    const [whole, tag = ''] = match;
    const glued = match.index > 0 && text[match.index - 1] !== ' ';
    if (glued || !isTag(tag, fieldNames)) continue;
    close(match.index);
    open = { tag, from: match.index + whole.length };
  }
  close(text.length);
  return found;
}

function isTag(tag: string, fieldNames: ReadonlySet<string>): boolean {
  if (tag === 'description' || tag === 'class' || fieldNames.has(tag)) return true;
  return tag.startsWith('param_') && fieldNames.has(tag.slice('param_'.length));
}
