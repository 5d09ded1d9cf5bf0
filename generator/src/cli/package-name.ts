import { UsageError } from '../io/errors.js';

/**
 * Refuses what npm would refuse.
 *
 * @throws UsageError with a name that would do.
 */
export function checkPackageName(name: string): void {
  if (/^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/.test(name) && name.length <= 214)
    return;
  const better = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9@/._~-]+/g, '-')
    .replace(/^[._-]+/, '');
  const hint = better !== '' && better !== name ? `--name ${better}` : null;
  throw new UsageError(`"${name}" is no name for an npm package`, hint);
}
