import { encode } from '@tlgen/codec';
import { RpcError } from '@tlgen/mtproto';
import { constructorOf } from './container.js';
import { readDependencies } from './dependencies.js';
import * as ids from './ids.js';
import type { CoreHost } from './host.js';
import type { OutgoingMessage } from './outbox.js';
import { pack, unpack } from './packed.js';
import type { RpcFailure, RpcOutcome, ServerSessionInfo } from './types.js';
import { Waits } from './waits.js';

/** Longest answer that every framing can carry, with room for what stands around it. */
const LONGEST = 16 * 1024 * 1024 - 4096;
const TOO_LONG: RpcOutcome = { error: { code: 500, message: 'RPC_CALL_FAIL' } };

/** A request from when it came, as long as its session remembers it. */
export interface CallRecord {
  readonly msgId: bigint;
  /** Constructor id of the query. */
  readonly requestId: number;
  readonly abort: AbortController;
  /** null: it waits or runs; then whether it ended without an error. */
  succeeded: boolean | null;
  /** The client gave the answer up. */
  dropped: boolean;
  /** The client acknowledged the answer. */
  acknowledged: boolean;
  /** Kept until it is acknowledged. */
  answer: OutgoingMessage | null;
}

/** What becomes of the answers. */
export interface CallsOwner extends ServerSessionInfo {
  /** Sends an answer; the session keeps it until it is acknowledged. */
  answer(call: CallRecord, body: Uint8Array): OutgoingMessage;
  /** Something happened outside of `receive`. */
  changed(): void;
  /** Whether only `auth.bindTempAuthKey` may be called: a temporary key that is not bound. */
  readonly unbound: boolean;
}

/** The requests of one session: each runs once, however often it comes. */
export class Calls {
  readonly #records = new Map<bigint, CallRecord>();
  readonly #waits: Waits;
  #running = 0;

  constructor(
    private readonly host: CoreHost,
    private readonly owner: CallsOwner,
  ) {
    const { scheduler, settings } = host;
    this.#waits = new Waits(this.#records, scheduler, () => host.clock(), settings.waitTimeout);
  }

  get(msgId: bigint): CallRecord | undefined {
    return this.#records.get(msgId);
  }

  /** Calls that wait or run. */
  get running(): number {
    return this.#running;
  }

  /** Begins a request. @param body - null: it could not be unpacked. */
  begin(msgId: bigint, body: Uint8Array | null): void {
    const dependent = body === null ? null : readDependencies(body);
    const query = dependent === null ? null : unpack(dependent.query);
    const record: CallRecord = {
      msgId,
      requestId: query === null ? 0 : constructorOf(query),
      abort: new AbortController(),
      succeeded: null,
      dropped: false,
      acknowledged: false,
      answer: null,
    };
    this.#records.set(msgId, record);
    this.#running++;
    this.#prune();
    if (dependent === null || query === null || query.length < 4) {
      this.#end(record, { error: { code: 400, message: 'INPUT_FETCH_ERROR' } });
    } else if (dependent.after.length === 0) this.#run(record, query);
    else {
      this.#waits.after(msgId, dependent.after, (failure) => {
        if (record.succeeded !== null) return;
        if (failure) this.#end(record, { error: failure });
        else this.#run(record, query);
      });
    }
  }

  /** As `ProtocolCore.after`. */
  after(msgId: bigint, msgIds: readonly bigint[]): Promise<RpcFailure | null> {
    return new Promise((resolve) => this.#waits.after(msgId, msgIds, resolve));
  }

  /** Gives up an answer. */
  drop(record: CallRecord): void {
    record.dropped = true;
    record.abort.abort();
  }

  /** The session ends. */
  abortAll(): void {
    for (const record of this.#records.values()) {
      if (record.succeeded === null) this.drop(record);
    }
  }

  #run(record: CallRecord, query: Uint8Array): void {
    if (this.owner.unbound && record.requestId !== ids.BIND_TEMP_AUTH_KEY) {
      this.#end(record, { error: { code: 401, message: 'AUTH_KEY_PERM_EMPTY' } });
      return;
    }
    const { msgId, abort } = record;
    const failed = (): RpcOutcome => ({ error: { code: 500, message: 'RPC_CALL_FAIL' } });
    let outcome: RpcOutcome | Promise<RpcOutcome>;
    try {
      const call = { session: this.owner, msgId, body: query, signal: abort.signal };
      outcome = this.host.settings.handler(call);
    } catch {
      outcome = failed();
    }
    if (!(outcome instanceof Promise)) {
      this.#end(record, outcome);
      return;
    }
    void outcome.catch(failed).then((settled) => {
      this.#end(record, settled);
      this.owner.changed();
    });
  }

  #end(record: CallRecord, outcome: RpcOutcome): void {
    record.succeeded = !('error' in outcome);
    this.#running--;
    if (!record.dropped) {
      let body = answerBody(record.msgId, outcome, this.host.settings.gzipAbove);
      if (body.length > LONGEST) body = answerBody(record.msgId, TOO_LONG, -1);
      record.answer = this.owner.answer(record, body);
    }
    this.#waits.ended(record.msgId);
  }

  /** Forgets the oldest calls that are over, as the message ids are forgotten too. */
  #prune(): void {
    const most = this.host.settings.window;
    if (this.#records.size <= most) return;
    for (const [msgId, record] of this.#records) {
      if (this.#records.size <= most) return;
      if (record.succeeded !== null && record.answer === null) this.#records.delete(msgId);
    }
    for (const [msgId, record] of this.#records) {
      if (this.#records.size <= most) return;
      if (record.succeeded !== null) this.#records.delete(msgId);
    }
  }
}

/** Serializes `rpc_result`. */
function answerBody(msgId: bigint, outcome: RpcOutcome, gzipAbove: number): Uint8Array {
  const result =
    'error' in outcome
      ? encode(
          new RpcError({
            errorCode: outcome.error.code,
            errorMessage: outcome.error.message,
          }),
        )
      : pack(outcome.result, outcome.packs === false ? -1 : gzipAbove);
  const body = new Uint8Array(12 + result.length);
  const view = new DataView(body.buffer);
  view.setUint32(0, ids.RPC_RESULT, true);
  view.setBigInt64(4, msgId, true);
  body.set(result, 12);
  return body;
}

/** `rpc_result` around a service answer. */
export function resultBody(msgId: bigint, result: Uint8Array): Uint8Array {
  return answerBody(msgId, { result }, -1);
}
