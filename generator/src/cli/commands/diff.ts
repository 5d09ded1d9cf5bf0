import { diffSchemas } from '../../schema/diff.js';
import { formatDiffMarkdown, formatDiffShort, formatDiffText } from '../../schema/diff-format.js';
import { textOption, type Run } from '../command.js';
import { paintDiff } from '../paint-diff.js';
import { readSelection, selectSchema } from '../select-schema.js';

/** `tlgen diff`: what changed from one schema to another. */
export const run: Run = async (context, [before = '', after = ''], options) => {
  const [old, now] = [await selectSchema(context, [before]), await selectSchema(context, [after])];
  const a = await readSelection(context, old);
  const b = await readSelection(context, now);
  const diff = diffSchemas(a.schema, b.schema);
  const format = textOption(options, 'format') ?? 'text';
  context.answer(diff, () => {
    if (format === 'json') return JSON.stringify(diff, null, 2);
    if (format === 'md') return formatDiffMarkdown(diff);
    const text = format === 'short' ? formatDiffShort(diff) : formatDiffText(diff);
    return paintDiff(text, context.colors);
  });
  return 0;
};
