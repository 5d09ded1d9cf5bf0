import type { ExampleValue } from './example-value.js';
import type { Layout, LayoutGroup } from './layout.js';

type List = Extract<ExampleValue, { kind: 'list' }>;

/** A list between square brackets, as prettier has them in JavaScript and JSON alike. */
export function listLayout(
  { items }: List,
  trailing: '' | ',',
  item: (value: ExampleValue) => Layout,
): LayoutGroup {
  const numbers = items.every(({ kind }) => kind === 'number' || kind === 'double');
  return {
    open: '[',
    close: ']',
    items: items.map(item),
    padding: '',
    trailing,
    filled: numbers && items.length > 1,
    broken: isMatrix(items),
  };
}

/** Several lists of several items each never share a line. */
function isMatrix(items: readonly ExampleValue[]): boolean {
  return items.length > 1 && items.every((one) => one.kind === 'list' && one.items.length > 1);
}
