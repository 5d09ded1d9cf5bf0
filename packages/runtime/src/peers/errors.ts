import { TlgenError } from '@tlgen/codec';

/**
 * `BAD_PEER`: what was given names no peer in any accepted form. `UNKNOWN_PEER`: it names one that this account cannot
 * reach. `WRONG_PEER_TYPE`: it is another kind of peer than is wanted.
 */
export type PeerErrorCode = 'UNKNOWN_PEER' | 'BAD_PEER' | 'WRONG_PEER_TYPE';

/** A user, group or channel cannot be named to the server. */
export class PeerError extends TlgenError {
  override readonly name = 'PeerError';

  constructor(
    override readonly code: PeerErrorCode,
    /** What was given, shortened: `@name`, a marked id, the name of a constructor. */
    readonly peer: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** Characters of a text that messages show. */
const SHOWN = 64;

/** What was given, as a message for people shows it: printable, on one line, short. */
export function shownPeer(given: unknown): string {
  switch (typeof given) {
    case 'string':
      return JSON.stringify(shorten(given.replaceAll(/[^\P{C}]/gu, '?')));
    case 'number':
    case 'bigint':
      return shorten(String(given));
    case 'object': {
      if (given === null) return 'null';
      if (Array.isArray(given)) return 'an array';
      const name = (given as { readonly _?: unknown })._;
      return typeof name === 'string' ? shorten(name) : 'an object without _';
    }
    case 'undefined':
      return 'undefined';
    default:
      return `a ${typeof given}`;
  }
}

const shorten = (text: string): string => (text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text);
