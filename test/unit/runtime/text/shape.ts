import type { FormattedText } from '../../../../packages/runtime/src/text/index.js';

/** A text and its entities in a form that fits into a table: `textUrl 0 5 https://…`. */
export function shape({ text, entities }: FormattedText): string[] {
  const lines = entities.map(({ type, offset, length, ...rest }) =>
    [type, offset, length, ...Object.values(rest)].join(' '),
  );
  return [text, ...lines];
}
