import { UsageError } from '../../io/errors.js';
import type { Run } from '../command.js';
import { generateAll, summary } from '../generate-all.js';
import { selectEntries } from '../select-entries.js';

/** `tlgen generate`: schemas to packages. */
export const run: Run = async (context, names, options) => {
  const entries = await selectEntries(context, names, options);
  if (options['watch'] === true) {
    if (context.json)
      throw new UsageError('--watch has no end, so it cannot print one JSON document');
    const { watch } = await import('../watch.js');
    return watch(context, entries, () => generateAll(context, entries, options));
  }
  const outcomes = await generateAll(context, entries, options);
  context.answer({ packages: outcomes }, () => (context.quiet ? '' : summary(context, outcomes)));
  return 0;
};
