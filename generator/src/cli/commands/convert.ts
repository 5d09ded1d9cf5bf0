import { resolve } from 'node:path';
import { UsageError } from '../../io/errors.js';
import { replaceFile } from '../../io/replace-file.js';
import { schemaText } from '../schema-text.js';
import { listOption, textOption, type Run } from '../command.js';
import { readSelection, selectSchema } from '../select-schema.js';

/** `tlgen convert`: TL to TL-JSON and back. */
export const run: Run = async (context, [file], options) => {
  const to = textOption(options, 'to');
  if (to !== 'tl' && to !== 'json') throw new UsageError('give the form: --to tl or --to json');
  const given = listOption(options, 'schema');
  if (file !== undefined && given.length > 0) {
    throw new UsageError(`${file}: give the schema once, as argument or as --schema`);
  }
  const selection = await selectSchema(context, file === undefined ? given : [file]);
  const { schema } = await readSelection(context, selection, { warnings: true });
  const text = schemaText(schema, to);
  const out = textOption(options, 'out');
  if (out !== undefined) {
    await replaceFile(resolve(context.cwd, out), text);
    context.answer({ file: out }, () => (context.quiet ? '' : `wrote ${out}`));
    return 0;
  }
  // TL-JSON is machine-readable as it is.
  const json = (): unknown => JSON.parse(to === 'json' ? text : JSON.stringify({ tl: text }));
  context.answer(context.json ? json() : null, () => text);
  return 0;
};
