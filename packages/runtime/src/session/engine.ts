import type { Frame } from '../transport/types.js';
import type { Now } from '../platform/types.js';
import { authKeyIdOf, SecurityError, type SecurityErrorCode } from '../crypto/index.js';
import { CallTable } from './calls/call-table.js';
import { earliest } from './earliest.js';
import { Keeper } from './engine/keeper.js';
import { WINDOW_SIZE } from './inbox/replay-window.js';
import { MAX_CALL_BYTES } from './limits.js';
import { MessageIds } from './message-ids.js';
import type { SessionContext } from './session-context.js';
import type {
  CallId,
  EngineEvent,
  EngineOptions,
  OutgoingCall,
  OutgoingPacket,
  Unopened,
} from './types.js';

/** Seconds of the server's patience, when the options do not say. */
const DISCONNECT_DELAY = 75;

/** Bodies up to this length are not worth compressing. */
const GZIP_ABOVE = 500;

/** What makes the bytes of a connection suspect, whoever changed them (security guidelines, "mismatch"). */
const DAMAGED: ReadonlySet<SecurityErrorCode> = new Set([
  'packet-length',
  'msg-key',
  'message-length',
  'padding',
]);

/** auth_key_id, msg_key and one block. */
const SMALLEST_PACKET = 40;

/** A change of the clock's offset below this is not told, milliseconds. */
const TIME_CHANGE = 1_000;

/**
 * The client's side of MTProto for one data center: makes and renews keys, keeps sessions, and settles every call
 * exactly once. Sans-IO: it is told what happens and when; it tells what to send ({@link Engine.takePackets}), what
 * happened ({@link Engine.takeEvents}) and when it wants to be woken ({@link Engine.deadline}).
 *
 * After each call of a method take its packets and events and look at its deadline.
 */
export class Engine {
  readonly #ids: MessageIds;
  readonly #calls: CallTable;
  readonly #keeper: Keeper;
  #events: EngineEvent[] = [];
  #toldOffset: number | null = null;
  #closed = false;

  constructor(options: EngineOptions) {
    const { crypto, timeOffset } = options;
    const emit = (event: EngineEvent): void => {
      this.#events.push(event);
    };
    this.#ids = new MessageIds({ crypto, timeOffset });
    this.#calls = new CallTable(emit, options.repetitions);
    const context: SessionContext = {
      crypto,
      ids: this.#ids,
      calls: this.#calls,
      emit,
      settings: {
        prefix: options.prefix,
        gzip: options.gzip,
        gzipAbove: options.gzipAbove ?? GZIP_ABOVE,
        disconnectDelay: options.disconnectDelay ?? DISCONNECT_DELAY,
        incoming: options.incoming ?? WINDOW_SIZE,
        outgoing: options.outgoing ?? Number.POSITIVE_INFINITY,
      },
    };
    this.#keeper = new Keeper(options, context, emit);
  }

  /** How many calls are not settled. */
  get pendingCalls(): number {
    return this.#calls.size;
  }

  /** Server time minus wall clock, milliseconds. */
  get timeOffset(): number {
    return this.#ids.timeOffset;
  }

  /** A connection is open. */
  connected(now: Now, transport: { readonly polling: boolean }): void {
    if (!this.#closed) this.#keeper.connected(now, transport.polling);
  }

  /** The connection is gone. Calls under way are asked about over the next one. */
  disconnected(_now: Now): void {
    this.#keeper.disconnected();
  }

  /**
   * What `open2` needs to open a packet; null for a frame that only {@link Engine.receive} can judge. Changes nothing.
   * Whoever opens a packet elsewhere still hands over all frames in the order in which they came.
   */
  unopened(frame: Frame): Unopened | null {
    if (this.#closed || frame.type !== 'packet') return null;
    const { bytes: packet } = frame;
    if (packet.length < SMALLEST_PACKET || packet.length % 16 !== 8) return null;
    const key = this.#keeper.keyOf(authKeyIdOf(packet));
    return key && { packet, authKey: key.bytes, x: 8 };
  }

  /**
   * Takes what the transport received. Never throws, whatever the bytes.
   *
   * @param opened - what `open2` made of the packet, if that is done already: see {@link Engine.unopened}.
   */
  receive(frame: Frame, now: Now, opened?: Uint8Array | null): void {
    if (this.#closed) return;
    try {
      this.#take(frame, now, opened);
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown : new Error('unknown failure');
      this.#events.push({ type: 'refused', error });
      if (error instanceof SecurityError && DAMAGED.has(error.code)) {
        this.#keeper.reconnect('the bytes of the connection cannot be trusted');
      }
    }
    this.#keeper.settle(now);
    this.#tellTime();
  }

  /** Polling transports: no request is under way. */
  idle(now: Now): void {
    if (!this.#closed) this.#keeper.idle(now);
  }

  /** Sends a request as soon as that can be done; exactly one `result`, `error` or `lost` will name the id. */
  call(request: OutgoingCall, _now: Now): CallId {
    const call = this.#calls.add(request);
    const size = request.body.length;
    if (this.#closed) this.#calls.lost(call, false, 'closed');
    else if (size > MAX_CALL_BYTES) {
      this.#calls.lost(call, false, `a request of ${size} bytes; at most ${MAX_CALL_BYTES} fit`);
    } else if (size === 0 || size % 4 !== 0) {
      this.#calls.lost(call, false, `a request of ${size} bytes: not a positive multiple of 4`);
    }
    return call.id;
  }

  /** Gives a call up (`rpc_drop_answer`): it is lost at once, and a late answer is ignored. */
  cancel(id: CallId, _now: Now): void {
    const call = this.#calls.get(id);
    if (call === undefined) return;
    const { msgId, sessionId } = call;
    if (msgId !== null && sessionId !== null) this.#keeper.dropAnswer(sessionId, msgId);
    this.#calls.lost(call, msgId !== null, 'cancelled');
  }

  /** Does what is due. */
  tick(now: Now): void {
    if (this.#closed) return;
    this.#keeper.tick(now);
    this.#tellTime();
  }

  /** Everything to send now. */
  takePackets(now: Now): OutgoingPacket[] {
    if (this.#closed) return [];
    this.tick(now);
    return this.#keeper.takePackets(now);
  }

  /** What happened since it was last asked. */
  takeEvents(): EngineEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  /** When to call {@link Engine.tick} at the latest: a reading of the steady clock. */
  deadline(): number | null {
    return this.#closed ? null : earliest(this.#keeper.deadline());
  }

  /** Settles all calls; nothing is sent or received any more. */
  close(_now: Now): void {
    if (this.#closed) return;
    this.#closed = true;
    for (const call of this.#calls.all()) this.#calls.lost(call, call.msgId !== null, 'closed');
  }

  #take(frame: Frame, now: Now, opened: Uint8Array | null | undefined): void {
    if (frame.type === 'error') return this.#keeper.transportError(frame.code, now);
    if (frame.type === 'quick-ack') return this.#keeper.quickAck(frame.token);
    if (frame.bytes.length < 8) {
      throw new SecurityError('packet-length', `a packet of ${frame.bytes.length} bytes`);
    }
    this.#keeper.receive(authKeyIdOf(frame.bytes), frame.bytes, now, opened);
  }

  #tellTime(): void {
    if (!this.#ids.known) return;
    const offset = this.#ids.timeOffset;
    if (this.#toldOffset !== null && Math.abs(offset - this.#toldOffset) < TIME_CHANGE) return;
    this.#toldOffset = offset;
    this.#events.push({ type: 'time', offset });
  }
}
