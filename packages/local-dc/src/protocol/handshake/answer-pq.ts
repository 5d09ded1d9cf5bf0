import { ResPQ } from '@tlgen/mtproto';
import type { Puzzle } from './exchange-store.js';
import { makePuzzle, puzzleOf } from './puzzle.js';
import type { ServerHandshakeOptions } from './types.js';

/** Answers `req_pq` and `req_pq_multi`. */
export function answerPq(
  { crypto, rsaKeys, hooks }: ServerHandshakeOptions,
  nonce: Uint8Array,
): { readonly answer: ResPQ; readonly serverNonce: Uint8Array; readonly puzzle: Puzzle } {
  const serverNonce = crypto.randomBytes(16);
  const primes = hooks?.primes?.();
  const puzzle = primes === undefined ? makePuzzle(crypto) : puzzleOf(primes.p, primes.q);
  const serverPublicKeyFingerprints = rsaKeys.map((key) => key.fingerprint);
  const answer = new ResPQ({ nonce, serverNonce, pq: puzzle.pq, serverPublicKeyFingerprints });
  return { answer, serverNonce, puzzle };
}
