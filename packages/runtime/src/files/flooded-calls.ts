import { RpcError } from '../core/errors.js';

/**
 * Calls of one transfer that share what the server allows. Each gives up after some waits; while others get through,
 * that is no reason to give the whole up.
 */
export class FloodedCalls {
  private answered = 0;

  /** @param limit - seconds: waits that are shorter are slept through by the calls themselves. */
  constructor(private readonly limit: () => number) {}

  /** @throws what `call` rejects with. */
  async floods<Result>(call: () => Promise<Result>): Promise<Result> {
    for (;;) {
      const { answered } = this;
      try {
        const result = await call();
        this.answered += 1;
        return result;
      } catch (error) {
        const isWait = error instanceof RpcError && (error.seconds ?? Infinity) < this.limit();
        if (!isWait || this.answered === answered) throw error;
      }
    }
  }
}
