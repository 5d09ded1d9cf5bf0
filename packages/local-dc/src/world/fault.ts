/** An answer `rpc_error`: what a method throws to refuse a request. */
export class RpcFault extends Error {
  override readonly name = 'RpcFault';

  /**
   * @param code - 303, 400, 401, 403, 404, 406, 420 or 500, as Telegram groups its errors.
   * @param text - the error's name: `PEER_ID_INVALID`.
   */
  constructor(
    readonly code: number,
    readonly text: string,
  ) {
    super(`${code} ${text}`);
  }
}

/** Shorthand for the most frequent kind. */
export const badRequest = (text: string): RpcFault => new RpcFault(400, text);
