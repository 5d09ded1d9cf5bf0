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
  const hint = hintFor(code, type === undefined ? bytes : null, offset);
  context.answer({ error: { code, message: reason, hint, offset, path }, partial: value }, () =>
    value === null ? '' : JSON.stringify(value, null, 2),
  );
  if (context.json) return 1;
  const { red, cyan, dim } = context.errorColors;
  context.complain(`${red('error:')} ${reason}`);
  context.complain(`  at byte ${offset} of ${bytes.length} (${code})`);
  if (path.length > 0) context.complain(`  in ${formatPath(path)}`);
  context.complain(dim(hexDump(bytes, offset)));
  if (hint !== null) context.complain(`${cyan('hint:')} ${hint}`);
  return 1;
};

/** `bytes` are null when their type was given. */
function hintFor(code: string, bytes: Uint8Array | null, offset: number): string | null {
  if (code === 'unknown-constructor') {
    const known = bytes === null || offset > 0 ? null : bareHint(bytes);
    if (known !== null) return known;
    return 'the blob may be of another layer or schema: --schema FILE; or no object: --type T';
  }
  if (code === 'trailing-bytes' && bytes !== null) {
    return 'what is shown was read in full; the bytes behind it belong to something else';
  }
  return null;
}

/** Values that are no objects, though they begin with an id. */
function bareHint(bytes: Uint8Array): string | null {
  const id = Buffer.from(bytes.slice(0, 4)).toString('hex');
  if (id === 'b5757299' || id === '379779bc') return 'this is a Bool: --type Bool';
  if (id === '15c4b51c') return "this is a vector: --type 'Vector<T>', T being what it holds";
  return null;
}
