/** Columns of a line, as in the project's own code. */
const WIDTH = 100;

/** Code that is laid out as prettier would: on one line if it fits, else with one item a line. */
export type Layout = string | LayoutGroup | LayoutPair;

/** Items between brackets. */
export interface LayoutGroup {
  /** `[`, `new base.User(`. */
  readonly open: string;
  readonly close: string;
  readonly items: readonly Layout[];
  /** Between brackets and items where all is on one line. */
  readonly padding: '' | ' ';
  /** Behind the last item where each has its line. */
  readonly trailing: '' | ',';
  /** Never on one line. */
  readonly broken?: boolean;
  /** As many items a line as fit: lists of numbers. */
  readonly filled?: boolean;
  /** The only item, a group, shares the lines of the brackets: `new base.User({`. */
  readonly hugs?: boolean;
}

/** `key: value`, `name = value`: the value on the next line where even its beginning does not fit. */
export interface LayoutPair {
  /** With its `:` or ` =`. */
  readonly key: string;
  readonly value: Layout;
  /** The value is beside the key whatever its length, as in JSON. */
  readonly joined?: boolean;
}

/**
 * Text of a layout.
 *
 * @param indent - columns that further lines begin with.
 * @param column - where the first line begins.
 * @param tail - length of what follows on the last line.
 */
export function layOut(layout: Layout, indent = 0, column = indent, tail = 0): string {
  if (typeof layout === 'string') return layout;
  const flat = flatText(layout);
  if (flat !== null && column + flat.length + tail <= WIDTH) return flat;
  if ('key' in layout) return pairText(layout, indent, column, tail);
  if (layout.items.length === 0) return layout.open + layout.close;
  const hugged = layout.hugs ? huggedText(layout, indent, column, tail) : null;
  if (hugged !== null) return hugged;
  const inner = indent + 2;
  const lines = layout.filled ? filledLines(layout, inner) : brokenLines(layout, inner);
  const pad = ' '.repeat(inner);
  return `${layout.open}\n${lines.map((line) => pad + line).join('\n')}\n${' '.repeat(indent)}${layout.close}`;
}

function pairText(
  { key, value, joined }: LayoutPair,
  indent: number,
  column: number,
  tail: number,
): string {
  const begin = column + key.length + 1;
  const fits = begin + firstText(value, tail) <= WIDTH;
  if (fits || joined) return `${key} ${layOut(value, indent, begin, tail)}`;
  return `${key}\n${' '.repeat(indent + 2)}${layOut(value, indent + 2, indent + 2, tail)}`;
}

/** With the brackets of the item on the lines of its own; null where those do not fit. */
function huggedText(
  { open, close, items }: LayoutGroup,
  indent: number,
  column: number,
  tail: number,
): string | null {
  const [item] = items;
  if (item === undefined || typeof item === 'string' || 'key' in item) return null;
  const begin = column + open.length;
  if (begin + item.open.length > WIDTH) return null;
  return open + layOut(item, indent, begin, tail + close.length) + close;
}

/** Length of what must stand on the line where a value begins. */
function firstText(value: Layout, tail: number): number {
  if (typeof value === 'string') return value.length + tail;
  if ('key' in value) return value.key.length;
  return value.items.length > 0 ? value.open.length : value.open.length + value.close.length + tail;
}

function brokenLines({ items, trailing }: LayoutGroup, inner: number): string[] {
  return items.map((item, at) => {
    const comma = at < items.length - 1 ? ',' : trailing;
    return layOut(item, inner, inner, comma.length) + comma;
  });
}

function filledLines({ items, trailing }: LayoutGroup, inner: number): string[] {
  const lines: string[] = [];
  let line = '';
  items.forEach((item, at) => {
    const text = layOut(item) + (at < items.length - 1 ? ',' : trailing);
    if (line !== '' && inner + line.length + 1 + text.length > WIDTH) {
      lines.push(line);
      line = text;
    } else {
      line += (line === '' ? '' : ' ') + text;
    }
  });
  return [...lines, line];
}

/** All on one line; null where that must not be. */
function flatText(layout: Layout): string | null {
  if (typeof layout === 'string') return layout;
  if ('key' in layout) {
    const value = flatText(layout.value);
    return value === null ? null : `${layout.key} ${value}`;
  }
  if (layout.broken) return null;
  const items: string[] = [];
  for (const item of layout.items) {
    const text = flatText(item);
    if (text === null) return null;
    items.push(text);
  }
  const padding = items.length > 0 ? layout.padding : '';
  return `${layout.open}${padding}${items.join(', ')}${padding}${layout.close}`;
}
