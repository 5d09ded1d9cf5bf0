import type { CallId } from '../types.js';
import type { Call } from './call.js';

/** How many failed calls are remembered for calls that come later. */
const REMEMBERED = 1024;

/** Which calls wait for which (`invokeAfterMsg`). */
export class Dependents {
  readonly #waiting = new Map<CallId, Set<Call>>();
  readonly #failed = new Set<CallId>();

  add(call: Call): void {
    const { after } = call.request;
    if (after === undefined) return;
    if (this.#failed.has(after)) call.orphaned = true;
    const others = this.#waiting.get(after);
    if (others) others.add(call);
    else this.#waiting.set(after, new Set([call]));
  }

  /** Notes how a call ended. @returns the calls that now will not run either. */
  settled(call: Call, failed: boolean): Call[] {
    const { after } = call.request;
    if (after !== undefined) this.#forget(after, call);
    const waiting = this.#waiting.get(call.id);
    this.#waiting.delete(call.id);
    if (!failed) return [];
    this.#failed.add(call.id);
    if (this.#failed.size > REMEMBERED) {
      for (const oldest of this.#failed) {
        this.#failed.delete(oldest);
        break;
      }
    }
    for (const one of waiting ?? []) one.orphaned = true;
    return [...(waiting ?? [])];
  }

  #forget(after: CallId, call: Call): void {
    const others = this.#waiting.get(after);
    others?.delete(call);
    if (others?.size === 0) this.#waiting.delete(after);
  }
}
