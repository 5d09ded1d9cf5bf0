import { RpcFault } from '../world/fault.js';

/** Flood waits that a test ordered, by TL name of the method. */
export class FloodWaits {
  private readonly ordered = new Map<string, { seconds: number; times: number }>();

  /** Answers the next `times` calls of a method with `FLOOD_WAIT_seconds`. */
  order(method: string, seconds: number, times: number): void {
    if (!Number.isInteger(seconds) || seconds < 0)
      throw new TypeError(`a flood wait takes whole seconds, not ${seconds}`);
    if (times > 0) this.ordered.set(method, { seconds, times });
    else this.ordered.delete(method);
  }

  /** @throws RpcFault 420 when one is ordered. */
  check(method: string): void {
    const order = this.ordered.get(method);
    if (!order) return;
    if (--order.times <= 0) this.ordered.delete(method);
    throw new RpcFault(420, `FLOOD_WAIT_${order.seconds}`);
  }
}
