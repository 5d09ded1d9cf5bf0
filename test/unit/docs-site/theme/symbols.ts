import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SymbolRow, SymbolsFile } from '../../../../docs-site/theme/client/search/entries.js';
import { schemasFolder } from '../../../../schemas/rebuild/packages.mjs';
import { combinatorsOf, ownSchema, type OwnSchema } from '../../../support/schemas.js';

export const KINDS = ['method', 'constructor', 'type', 'error', 'guide', 'namespace'];
const SCHEMAS: readonly OwnSchema[] = ['telegram', 'secret', 'calls', 'mtproto'];

/** Descriptions that queries of the tests look for, in words of ours. */
const DESCRIPTIONS: Record<string, string> = {
  'messages.sendEncrypted': 'Text for a secret chat, encrypted.',
  'messages.getDialogs': 'The conversations of the account, newest first.',
  'account.updateStatus': 'Tells others whether the reader is online.',
};

/** Title, description, path. */
const GUIDES: readonly (readonly [string, string, string])[] = [
  ['Secret chats', 'Keys, layers and files of end-to-end encrypted chats.', 'guide/secret-chats.html'],
  ['Errors', 'What servers answer when they refuse.', 'guide/errors.html'],
  ['Waiting when asked to', 'Of the guide Errors.', 'guide/errors.html#waiting-when-asked-to'],
  ['Migrating from GramJS', 'What is called otherwise here.', 'guide/migrating-from-gramjs.html'],
  ['The TL language', 'How to read a line of a schema.', 'guide/tl.html'],
]; // prettier-ignore

interface ErrorFile {
  readonly errors: Readonly<Record<string, readonly string[]>>;
}

/** All symbols of our schemas, in the form of symbols.json. */
export function realSymbols(): SymbolsFile {
  return {
    kinds: KINDS,
    schemas: SCHEMAS.map((key, at) => ({ title: key, folder: at === 0 ? '' : `${key}/` })),
    symbols: [
      ...SCHEMAS.flatMap((key, at) => schemaRows(key, at)),
      ...errorRows(),
      ...GUIDES.map(([title, about, path]): SymbolRow => [4, null, title, '', about, path]),
    ],
  };
}

function schemaRows(key: OwnSchema, at: number): SymbolRow[] {
  const schema = ownSchema(key);
  const combinators = combinatorsOf(schema);
  const namespaces = new Set(combinators.map((one) => one.namespace).filter((name) => name !== ''));
  return [
    ...combinators.map((one): SymbolRow => [
      one.kind === 'method' ? 0 : 1,
      at,
      one.key,
      one.id.toString(16).padStart(8, '0'),
      DESCRIPTIONS[one.key] ?? '',
    ]),
    ...schema.types.map((type): SymbolRow => [2, at, type.name, '', '']),
    ...[...namespaces].map((name): SymbolRow => [5, at, name, '', '']),
  ];
}

function errorRows(): SymbolRow[] {
  const file = join(schemasFolder, 'telegram/errors.json');
  const { errors } = JSON.parse(readFileSync(file, 'utf8')) as ErrorFile;
  const codes = new Map<string, string[]>();
  for (const [code, names] of Object.entries(errors))
    for (const name of names) codes.set(name, [...(codes.get(name) ?? []), code]);
  return [...codes].map(([name, all]): SymbolRow => [3, 0, name, all.join(' '), '']);
}
