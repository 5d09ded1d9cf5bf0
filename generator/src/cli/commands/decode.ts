import { formatPath, traceRead } from '@tlgen/codec';
import { liveRegistry } from '../../live/live-registry.js';
import { readBlob } from '../blob.js';
import { listOption, textOption, type Run } from '../command.js';
import { hexDump } from '../hex-dump.js';
import { readSelection, selectSchema } from '../select-schema.js';
import { readerOf } from '../type-argument.js';

/** `tlgen decode`: bytes to readable JSON; of a damaged blob, as much as can be read. */
export const run: Run = async (context, args, options) => {
  const bytes = await readBlob(context, args);
  const selection = await selectSchema(context, listOption(options, 'schema'));
  const { schema } = await readSelection(context, selection);
  const registry = liveRegistry(schema);
  const type = textOption(options, 'type');
  const read = type === undefined ? undefined : readerOf(type, schema);
  const { value = null, error, offset } = traceRead(bytes, registry, read);
  if (error === null) {
    context.answer(value, () => JSON.stringify(value, null, 2));
    return 0;
  }
  const { code, reason, path } = error;
  context.answer({ error: { code, message: reason, offset, path }, partial: value }, () =>
    value === null ? '' : JSON.stringify(value, null, 2),
  );
  if (context.json) return 1;
  const { red, cyan, dim } = context.errorColors;
  context.complain(`${red('error:')} ${reason}`);
  context.complain(`  at byte ${offset} of ${bytes.length} (${code})`);
  if (path.length > 0) context.complain(`  in ${formatPath(path)}`);
  context.complain(dim(hexDump(bytes, offset)));
  const hint = hintFor(code, type);
  if (hint !== null) context.complain(`${cyan('hint:')} ${hint}`);
  return 1;
};

function hintFor(code: string, type: string | undefined): string | null {
  if (code === 'unknown-constructor') {
    return 'the blob may be of another layer or schema: --schema FILE; or no object: --type T';
  }
  if (code === 'trailing-bytes' && type === undefined) {
    return 'what is shown was read in full; the bytes behind it belong to something else';
  }
  return null;
}
