import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { findConfig } from '../../io/config.js';
import { InputError, UsageError } from '../../io/errors.js';
import { DEFAULT_SOURCE, fetchSchema } from '../../io/fetch-schema.js';
import { parseTexts } from '../../io/load-schema.js';
import { noteNewLayer } from '../../io/note-layer.js';
import { replaceFile } from '../../io/replace-file.js';
import { diffSchemas } from '../../schema/diff.js';
import { formatDiffText } from '../../schema/diff-format.js';
import type { Schema } from '../../schema/types.js';
import { textOption, type Run } from '../command.js';
import { confirm } from '../confirm.js';
import type { Context } from '../context.js';
import { paintDiff } from '../paint-diff.js';
import { schemaText } from '../schema-text.js';
import { entryOfFiles, readSelection, selectSchema, type Selection } from '../select-schema.js';

/** `tlgen pull`: takes a newer layer over, after showing what it changes. */
export const run: Run = async (context, _args, options) => {
  const from = textOption(options, 'from') ?? DEFAULT_SOURCE;
  const given = textOption(options, 'schema');
  const target = await targetOf(context, given);
  const [file, ...more] = target.files;
  if (file === undefined || more.length > 0) {
    throw new UsageError(`${target.label} stands in several files: name one with --schema FILE`);
  }
  const progress = context.progress();
  progress.stage(`fetching ${from}`);
  const text = await fetchSchema(from, { cwd: context.cwd, signal: context.signal }).finally(() =>
    progress.end(),
  );
  const { schema } = await parseTexts(new Map([[from, text]]));
  refuseEmpty(schema, from);
  const old = existsSync(file) ? (await readSelection(context, target)).schema : emptyLike(schema);
  const diff = diffSchemas(old, schema);
  const isSame = !hasChanges(diff) && existsSync(file);
  const shown = context.shown(file);
  if (!context.json) context.answer(null, () => paintDiff(formatDiffText(diff), context.colors));
  const written =
    !isSame && (options['yes'] === true || (await confirm(context, `Write ${shown}?`)));
  if (written) {
    await replaceFile(file, fitting(file, text, schema));
    await noteNewLayer(target.entry, context.cwd, file, schema.layer);
  }
  const state = isSame ? 'unchanged' : written ? 'written' : 'not-written';
  if (context.json) context.answer({ from, file: shown, state, diff }, () => '');
  else if (state === 'not-written') context.complain(`${shown} was left as it is; --yes writes it`);
  else context.note(isSame ? `${shown} is up to date` : `wrote ${shown}`);
  return state === 'not-written' ? 1 : 0;
};

/** The schema to update may not exist yet. */
async function targetOf(context: Context, given: string | undefined): Promise<Selection> {
  const config = findConfig(context.cwd);
  if (given === undefined) {
    if (config !== null) return selectSchema(context);
    throw new InputError('no-schema', 'there is no config here that names a schema to update', {
      hint: 'name the file with --schema FILE; it need not exist yet',
    });
  }
  const file = resolve(context.cwd, given);
  const isThere = existsSync(file);
  if (!isThere && !/\.(?:tl|json)$/.test(given)) return selectSchema(context, [given]);
  // Only a JSON config notes what was pulled, so no other is needed.
  const noting = isThere && config !== null && config.endsWith('.json');
  const entry = noting ? await entryOfFiles(context, [file]) : null;
  return { label: given, files: [file], entry };
}

/** An empty answer is a failure of the other side, not a schema that removes everything. */
function refuseEmpty({ constructors, methods }: Schema, from: string): void {
  if (constructors.length + methods.length > 0) return;
  throw new InputError('no-schema', `${from} holds no constructor and no method`, {
    hint: 'nothing was changed; try again, or take another source with --from',
  });
}

const emptyLike = (schema: Schema): Schema => ({
  ...schema,
  file: 'nothing',
  layer: null,
  layers: [],
  constructors: [],
  methods: [],
  types: [],
});

function hasChanges(diff: ReturnType<typeof diffSchemas>): boolean {
  const { constructors, methods, types, from, to } = diff;
  const counts = [constructors, methods, types].flatMap(({ added, removed, changed }) => [
    added.length,
    removed.length,
    changed.length,
  ]);
  return from.layer !== to.layer || counts.some((count) => count > 0);
}

/** A `.tl` file gets TL and a `.json` file TL-JSON, whatever was fetched; text of the right kind stays as it is. */
function fitting(file: string, text: string, schema: Schema): string {
  const isJson = /^[\s\ufeff]*\{/.test(text);
  const wantsJson = file.endsWith('.json');
  return isJson === wantsJson ? text : schemaText(schema, wantsJson ? 'json' : 'tl');
}
