import { fieldName, localName } from '../../model/names.js';
import type { SchemaCombinator } from '../../schema/types.js';

/** What no exported constant of a module can be called. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface let new null package private protected ' +
    'public return static super switch this throw true try typeof undefined var void while with yield exports require ' +
    'module Object'
  ).split(' '),
);

/** `inputPeerUser`; `nullValue` where the name is a word of the language or taken. */
export function variableName(
  { key }: SchemaCombinator,
  isTaken: (name: string) => boolean,
): string {
  const name = fieldName(localName(key));
  let free = RESERVED.has(name) || isTaken(name) ? `${name}Value` : name;
  while (isTaken(free)) free += '_';
  return free;
}
