import { localName } from '../../model/names.js';
import type { SchemaCombinator } from '../../schema/types.js';

type Named = Pick<SchemaCombinator, 'name'>;

const EMPTY =
  /^null$|(?:Empty|Unavailable|Unknown|NotModified|NotFound|None|Forbidden|Deleted|TooLong|Fail|Unsupported|Removed)(?:\d*|_.*)$|(?:_none|_fail|_unknown)$/;
const OLD = /deprecated|legacy|unused|(?:^|_)old(?:_|[A-Z]|$)|[a-z]Old(?:[A-Z_\d]|$)/;

/** A constructor that stands for nothing: `inputPeerEmpty`. */
export function looksEmpty({ name }: Named): boolean {
  return EMPTY.test(localName(name));
}

/** A constructor or field that is better not shown to learners. */
export function looksOld({ name }: Named): boolean {
  return OLD.test(localName(name));
}
