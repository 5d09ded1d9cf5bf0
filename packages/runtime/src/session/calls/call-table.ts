import { MAX_REFUSALS, REPEATED_TOO_OFTEN } from '../limits.js';
import type { CallEvent, CallId, OutgoingCall } from '../types.js';
import { CallQueue } from './call-queue.js';
import { Dependents } from './dependents.js';
import type { Call } from './call.js';

/**
 * All calls of an engine, whichever session they travel in: waiting, sent, acknowledged. Every call leaves it with
 * exactly one of `result`, `error`, `lost`.
 */
export class CallTable {
  readonly queue = new CallQueue();
  readonly #calls = new Map<CallId, Call>();
  readonly #dependents = new Dependents();
  #nextId = 1;

  /** @param repetitions - how often a repeatable call is sent in all whose messages are abandoned. */
  constructor(
    private readonly emit: (event: CallEvent) => void,
    private readonly repetitions = Number.POSITIVE_INFINITY,
  ) {}

  get size(): number {
    return this.#calls.size;
  }

  get(id: CallId): Call | undefined {
    return this.#calls.get(id);
  }

  all(): Call[] {
    return [...this.#calls.values()];
  }

  add(request: OutgoingCall): Call {
    const call: Call = {
      id: this.#nextId++,
      request,
      msgId: null,
      sessionId: null,
      acknowledged: false,
      mayHaveRun: false,
      refusals: 0,
      abandonments: 0,
      heldBy: null,
      orphaned: false,
    };
    this.#calls.set(call.id, call);
    this.#dependents.add(call);
    this.#enqueue(call);
    return call;
  }

  /** Notes that a call was put into a message. */
  sent(call: Call, msgId: bigint, sessionId: bigint): void {
    call.msgId = msgId;
    call.sessionId = sessionId;
    call.acknowledged = false;
  }

  acknowledged(call: Call): void {
    if (call.acknowledged || !this.#calls.has(call.id)) return;
    call.acknowledged = true;
    this.emit({ type: 'acknowledged', call: call.id });
  }

  result(call: Call, body: Uint8Array): void {
    this.#settle(call, { type: 'result', call: call.id, body });
  }

  error(call: Call, code: number, message: string): void {
    this.#settle(call, { type: 'error', call: call.id, code, message });
  }

  lost(call: Call, mayHaveRun: boolean, reason: string): void {
    const ran = mayHaveRun || call.mayHaveRun;
    this.#settle(call, { type: 'lost', call: call.id, mayHaveRun: ran, reason });
  }

  /** Its message certainly did not run: it waits to be sent in another one. */
  requeue(call: Call): void {
    if (!this.#calls.has(call.id)) return;
    call.msgId = null;
    call.sessionId = null;
    call.acknowledged = false;
    this.#enqueue(call);
  }

  /** The server refused its message: sent again, but not for ever. */
  refused(call: Call, reason: string): void {
    call.refusals++;
    if (call.refusals > MAX_REFUSALS) this.lost(call, false, `refused too often: ${reason}`);
    else this.requeue(call);
  }

  /** Nobody can say any more whether it ran: only a repeatable call is sent again, and not for ever. */
  abandoned(call: Call, reason: string): void {
    call.mayHaveRun = true;
    call.abandonments++;
    if (call.request.repeatable !== true) this.lost(call, true, reason);
    else if (call.abandonments >= this.repetitions) this.lost(call, true, REPEATED_TOO_OFTEN);
    else this.requeue(call);
  }

  #enqueue(call: Call): void {
    if (call.orphaned) this.error(call, 400, 'MSG_WAIT_FAILED');
    else this.queue.add(call);
  }

  #settle(first: Call, event: CallEvent): void {
    if (!this.#forget(first)) return;
    this.emit(event);
    const ended: [Call, boolean][] = [[first, event.type !== 'result']];
    // Not by recursion: a chain of calls may be as long as the user likes.
    for (let next = ended.pop(); next !== undefined; next = ended.pop()) {
      for (const one of this.#dependents.settled(next[0], next[1])) {
        // One that is under way gets its answer from the server, which knows the chain.
        if (one.msgId !== null || !this.#forget(one)) continue;
        this.emit({ type: 'error', call: one.id, code: 400, message: 'MSG_WAIT_FAILED' });
        ended.push([one, true]);
      }
    }
  }

  #forget(call: Call): boolean {
    if (!this.#calls.delete(call.id)) return false;
    this.queue.remove(call);
    return true;
  }
}
