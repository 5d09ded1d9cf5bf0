import type { Call } from './call.js';

/** Calls that wait to be sent, in the order they were made. */
export class CallQueue {
  #calls: Call[] = [];

  get size(): number {
    return this.#calls.length;
  }

  /** Puts a call where it belongs: one that goes back is older than those behind it. */
  add(call: Call): void {
    const at = this.#placeOf(call);
    if (this.#calls[at] !== call) this.#calls.splice(at, 0, call);
  }

  remove(call: Call): void {
    const at = this.#placeOf(call);
    if (this.#calls[at] === call) this.#calls.splice(at, 1);
  }

  /** Takes calls from the front: `pick` says whether to take one, to leave it for later, or to stop. */
  take(pick: (call: Call) => 'take' | 'leave' | 'stop'): void {
    const left: Call[] = [];
    let at = 0;
    for (; at < this.#calls.length; at++) {
      const call = this.#calls[at] as Call;
      const choice = pick(call);
      if (choice === 'stop') break;
      if (choice === 'leave') left.push(call);
    }
    if (at > 0) this.#calls.splice(0, at, ...left);
  }

  #placeOf(call: Call): number {
    let low = 0;
    let high = this.#calls.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#calls[middle] as Call).id < call.id) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
