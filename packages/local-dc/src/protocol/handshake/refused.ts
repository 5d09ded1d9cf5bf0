import type { HandshakeRefusal } from './types.js';

/** Ends the handling of one packet; never leaves this room. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly code: HandshakeRefusal['code'],
    readonly reason: string,
  ) {
    super(reason);
  }
}

/** The common case: a real server behaves as if it knew nothing of such an exchange. */
export function refuse(reason: string): Refused {
  return new Refused(-404, reason);
}
