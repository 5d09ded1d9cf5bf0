import { decodeWith, Registry } from '@tlgen/codec';
import { NewSessionCreated } from '@tlgen/mtproto';
import { FaultBoard, type ActiveFault } from '../../../packages/local-dc/src/faults/index.js';
import { constructorOf } from '../../../packages/local-dc/src/protocol/container.js';
import type { ServerSession } from '../../../packages/local-dc/src/protocol/session.js';
import { localRsaKey } from '../../../packages/local-dc/src/protocol/handshake/index.js';
import {
  ServerCore,
  type RpcCall,
  type RpcOutcome,
} from '../../../packages/local-dc/src/protocol/index.js';
import { nodeCrypto } from '../../../packages/runtime/src/crypto/provider/node.js';
import { Random } from '../random.js';
import { simulatedCrypto } from './crypto.js';
import { readRequest, resultBody, updateBody, withoutPrefix } from './payload.js';
import type { Plan } from './plan.js';
import { START, type Timeline } from './timeline.js';
import type { Trace } from './trace.js';

const BIND = 0xcdd42a05;
const BOOL_TRUE = new Uint8Array(Uint32Array.of(0x997275b5).buffer);
const NOTHING = new Registry();

export const rsaKey = localRsaKey(nodeCrypto);

/** One time that a request ran. */
export interface Execution {
  readonly begun: number;
  /** When it ended well; null: it did not. */
  ended: number | null;
}

/** The server: a protocol core, and a world behind it that counts what it is asked to do. */
export class SimulatedServer {
  readonly faults: FaultBoard;
  readonly core: ServerCore;
  /** By number of the request. */
  readonly executions = new Map<number, Execution[]>();
  /** When each update was sent, and to how many sessions. */
  readonly pushed = new Map<number, { readonly at: number; readonly count: number }>();
  readonly #random: Random;
  /** Orders what happens at one moment. */
  #order = 0;
  #skew: ActiveFault | null = null;
  #skewMs = 0;
  #initialized = new WeakSet<object>();

  constructor(
    private readonly plan: Plan,
    private readonly timeline: Timeline,
    private readonly trace: Trace,
  ) {
    this.#random = new Random(plan.seed ^ 0x5e41);
    const faultRandom = new Random(plan.seed ^ 0xfa17);
    this.faults = new FaultBoard(() => faultRandom.next() / 2 ** 32);
    this.core = new ServerCore({
      crypto: simulatedCrypto(plan.seed * 2 + 1),
      clock: () => START + timeline.time,
      rsaKeys: [rsaKey],
      faults: this.faults,
      saltLifetime: plan.saltLifetime,
      handler: (call) => this.#handle(call),
      onRefusal: ({ kind, code, detail }) => trace.add(`server refuses ${kind} ${code} ${detail}`),
    });
  }

  runs(number: number): readonly Execution[] {
    return this.executions.get(number) ?? [];
  }

  push(number: number): void {
    let count = 0;
    for (const key of this.core.keys()) {
      if (key.expiresAt === null) count += this.core.push(key.key.id, () => updateBody(number));
    }
    this.pushed.set(number, { at: this.timeline.time, count });
    this.trace.add(`update ${number} to ${count}`);
  }

  /** The server's clock is off by so much from now on, milliseconds. */
  skewed(ms: number): void {
    this.#skew?.remove();
    this.#skew = this.faults.add({ kind: 'clock-skew', ms });
    this.#skewMs = ms;
  }

  /** No faults any more, but what the server's clock shows stays. */
  calm(): void {
    this.faults.clear();
    if (this.#skewMs !== 0) this.#skew = this.faults.add({ kind: 'clock-skew', ms: this.#skewMs });
  }

  /**
   * As a restarted server: every session begins anew with its next message. Not those that the client has not heard of
   * yet: from new_session_created it could not tell that there was one before.
   */
  forgetSessions(): void {
    for (const session of [...this.core.sessions()] as ServerSession[]) {
      const news = [...session.outbox.unacknowledged()];
      if (news.some(({ body }) => constructorOf(body) === NewSessionCreated.id)) continue;
      this.core.forgetSession(session.key.key.id, session.id);
    }
  }

  /** The last key that was made. */
  forgetKey(): void {
    const key = [...this.core.keys()].at(-1);
    if (key) this.core.destroyKey(key.key.id);
  }

  #handle(call: RpcCall): RpcOutcome | Promise<RpcOutcome> {
    if (new DataView(call.body.buffer, call.body.byteOffset, 4).getUint32(0, true) === BIND) {
      return this.#bind(call);
    }
    const bare = withoutPrefix(call.body);
    if (bare !== null) this.#initialized.add(call.session);
    else if (this.plan.prefix && !this.#initialized.has(call.session)) {
      return failure('CONNECTION_NOT_INITED');
    }
    const request = readRequest(bare ?? call.body);
    if (request === null) return failure('INPUT_METHOD_INVALID');
    const { number, behaviour } = request;
    const execution: Execution = { begun: this.#order++, ended: null };
    this.executions.set(number, [...this.runs(number), execution]);
    this.trace.add(`runs ${number}`);
    const end = (): RpcOutcome => {
      if (behaviour === 'fails' || behaviour === 'fails later') return failure('BAD');
      execution.ended = this.#order++;
      return { result: resultBody(number, behaviour) };
    };
    if (behaviour !== 'later' && behaviour !== 'fails later') return end();
    const delay = this.#random.pick([50, 500, 3000, 20_000]);
    return new Promise((resolve) => {
      this.timeline.after(1 + this.#random.below(delay), () => resolve(end()));
    });
  }

  #bind(call: RpcCall): RpcOutcome {
    const request = decodeWith(call.body, NOTHING, (r) => {
      r.int();
      const permAuthKeyId = r.long();
      const nonce = r.long();
      const expiresAt = r.int();
      return { permAuthKeyId, nonce, expiresAt, encryptedMessage: r.bytes().slice() };
    });
    const message = this.core.bindTempKey(call, request);
    this.trace.add(`bind ${message ?? 'ok'}`);
    return message === null ? { result: BOOL_TRUE } : failure(message);
  }
}

function failure(message: string): RpcOutcome {
  return { error: { code: 400, message } };
}
