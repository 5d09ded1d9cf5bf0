import { resolve } from 'node:path';
import { InputError, UsageError } from '../../io/errors.js';
import { writeOutput } from '../../io/output.js';
import type { SchemaEntry } from '../../io/config-types.js';
import { overlayChoice, withOverlay } from '../../io/overlay-choice.js';
import { sliceSchema, UnknownNameError } from '../../schema/slice.js';
import type { Schema } from '../../schema/types.js';
import { buildSchema } from '../build.js';
import { listOption, textOption, type Run } from '../command.js';
import { checkPackageName } from '../package-name.js';
import { switchesOf } from '../select-entries.js';
import { readSelection, selectSchema } from '../select-schema.js';

/** `tlgen slice`: a package with only what some methods need. */
export const run: Run = async (context, methods, options) => {
  const name = textOption(options, 'name');
  const out = textOption(options, 'out');
  if (name === undefined) throw new UsageError('give the package a name: --name NAME');
  if (out === undefined) throw new UsageError('say where to write it: --out FOLDER');
  checkPackageName(name);
  const selection = await selectSchema(context, listOption(options, 'schema'));
  const { schema } = await readSelection(context, selection);
  const sliced = cut(schema, methods);
  const layer = options['layer'];
  const overlay = textOption(options, 'overlay');
  const { overlay: given, telegramOverlay } =
    overlay === undefined && selection.entry !== null
      ? selection.entry
      : overlayChoice(overlay, (file) => resolve(context.cwd, file));
  const whole: SchemaEntry = {
    key: selection.label,
    files: selection.files,
    docs: selection.entry?.docs ?? null,
    errors: selection.entry?.errors ?? null,
    overlay: given,
    telegramOverlay,
    idExceptions: {},
    layer: typeof layer === 'number' ? layer : (selection.entry?.layer ?? null),
    package: name,
    out: resolve(context.cwd, out),
    standalone: true,
  };
  // The slice may lack what the schema is known by.
  const entry = withOverlay(whole, schema);
  const progress = context.progress();
  try {
    progress.stage(`${name}: generating`);
    const { files, stats } = await buildSchema(
      context,
      sliced,
      entry,
      switchesOf(options),
      progress,
    );
    const force = options['force'] === true;
    const { written } = await writeOutput(entry.out, files, { force, signal: context.signal });
    progress.end();
    const whole = { constructors: schema.constructors.length, methods: schema.methods.length };
    context.answer({ package: name, out, ...stats, of: whole, written: written.length }, () =>
      context.quiet
        ? ''
        : `${context.colors.green('✓')} ${name} → ${out}  ` +
          `${stats.constructors} of ${whole.constructors} constructors, ` +
          `${stats.methods} of ${whole.methods} methods`,
    );
  } finally {
    progress.end();
  }
  return 0;
};

function cut(schema: Schema, names: readonly string[]): Schema {
  try {
    return sliceSchema(schema, names);
  } catch (thrown) {
    if (!(thrown instanceof UnknownNameError)) throw thrown;
    const suggestions = [...thrown.suggestions];
    const message = `no method, constructor or type is called ${thrown.unknown}`;
    throw new InputError('not-found', message, {
      hint: suggestions.length > 0 ? `did you mean ${suggestions.join(', ')}?` : null,
      details: { suggestions },
    });
  }
}
