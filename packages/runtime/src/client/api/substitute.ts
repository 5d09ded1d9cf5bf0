import { TlObject, type CallOptions, type PeerLike, type ReplyMarkupLike } from '@tlgen/codec';
import { noteStreams } from '../../files/source/index.js';
import type { PeerInputs } from '../../peers/types.js';
import type { Converter } from './context.js';
import type { Conversion } from './conversion.js';
import { jsonText } from './json-text.js';
import { Lookup, runLookups } from './lookup.js';
import type { ObjectShape } from './shape.js';
import { accepted } from './words.js';

/** How a peer becomes an object of these types. */
const PEERS: Readonly<Record<string, 'inputPeer' | 'inputUser' | 'inputChannel'>> = {
  InputPeer: 'inputPeer',
  InputUser: 'inputUser',
  InputChannel: 'inputChannel',
};

/** Types that are a wrapping around a peer. */
const AROUND_PEERS: Readonly<Record<string, string>> = {
  InputDialogPeer: 'inputDialogPeer',
  InputNotifyPeer: 'inputNotifyPeer',
};

/**
 * What a loose value becomes where the overlay names a substitute for the type.
 *
 * @returns undefined when the value is none that the substitute covers.
 */
export function substitute(
  conversion: Conversion,
  value: unknown,
  { type, loose }: ObjectShape,
): TlObject | Lookup | undefined {
  switch (loose) {
    case 'PeerLike':
      return peer(conversion, value, type);
    case 'ReplyMarkupLike':
      return keyboard(conversion, value);
    case 'JsonValue':
    case 'DataJsonLike':
      return json(conversion, value);
    case 'FileLike':
      // It may be long until the file is looked at.
      noteStreams(value);
      return convert(conversion, value, type, 'file', 'Files');
    case 'SecretChatLike':
      return convert(conversion, value, type, 'secretChat', 'Secret chats');
    default:
      return undefined;
  }
}

function peer(conversion: Conversion, value: unknown, type: string): TlObject | Lookup | undefined {
  const around = AROUND_PEERS[type];
  if (!mayNamePeer(value)) return undefined;
  if (around !== undefined) return conversion.named(around, { peer: value });
  const how = PEERS[type];
  if (how === undefined) return undefined;
  const { peers } = conversion.context;
  return after(conversion, value, type, (like, options) =>
    find(peers, how, like as PeerLike, options),
  );
}

const find = (
  peers: PeerInputs,
  how: 'inputPeer' | 'inputUser' | 'inputChannel',
  like: PeerLike,
  options: CallOptions,
): Promise<TlObject> => peers[how](like, options);

function mayNamePeer(value: unknown): boolean {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return true;
    case 'object':
      return namesOne(value as { readonly _?: unknown; readonly inputPeer?: unknown } | null);
    default:
      return false;
  }
}

/** Objects of TL, and what `client.peers` tells of a peer. */
function namesOne(value: { readonly _?: unknown; readonly inputPeer?: unknown } | null): boolean {
  if (value === null) return false;
  return typeof value._ === 'string' || (typeof value.inputPeer === 'object' && !value._);
}

function keyboard(conversion: Conversion, value: unknown): Lookup | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  if (value instanceof TlObject || typeof (value as { _?: unknown })._ === 'string')
    return undefined;
  const { text } = conversion.context;
  return new Lookup((options) => text.replyMarkup(value as ReplyMarkupLike, options));
}

function json(conversion: Conversion, value: unknown): TlObject | undefined {
  if (value instanceof TlObject) return undefined;
  const data = jsonText(value);
  return data === undefined ? undefined : conversion.named('dataJSON', { data });
}

function convert(
  conversion: Conversion,
  value: unknown,
  type: string,
  part: 'file' | 'secretChat',
  name: string,
): Lookup {
  const converter: Converter | undefined = conversion.context.converters?.[part];
  if (converter === undefined) {
    const object = {
      kind: 'object',
      object: { type, loose: undefined, fits: () => false },
    } as const;
    const words = accepted(object, conversion.plans);
    conversion.fail(
      `expected ${words}. ${name} in short form come with a later part of the library`,
    );
  }
  return after(conversion, value, type, (given, options) => converter(given, type, options));
}

/** Looks up by a value that may be a plain object with look-ups of its own: those come first. */
function after(
  conversion: Conversion,
  value: unknown,
  type: string,
  run: (value: unknown, options: CallOptions) => Promise<TlObject>,
): Lookup {
  const { value: given, lookups } = conversion.loose(value, type);
  return new Lookup(async (options) => {
    if (lookups.length > 0) await runLookups(lookups, options);
    return run(given, options);
  });
}
