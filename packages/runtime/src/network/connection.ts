import type { CryptoProvider } from '../crypto/provider/types.js';
import type { CryptoWorkers } from '../crypto/workers.js';
import type { Clock, Now, Timer } from '../platform/types.js';
import type { CallEvent, CallId, EngineEvent, OutgoingCall } from '../session/types.js';
import { TransportError, type Frame, type Transport } from '../transport/types.js';
import { asError } from './as-error.js';
import { CallTable, type CallListener } from './call-table.js';
import { ClosedError } from './errors.js';
import { Incoming } from './incoming.js';
import { Link } from './link.js';
import type { ConnectionState, Dial, SessionEngine } from './types.js';

/** An engine's events, without those of single calls. */
export type ConnectionNews = Exclude<EngineEvent, CallEvent>;

export interface ConnectionOptions {
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  /** With them, large packets are opened beside the main thread, if the engine can take them so. */
  readonly workers?: CryptoWorkers | undefined;
  readonly engine: SessionEngine;
  readonly dial: Dial;
  /**
   * What the engine tells beside calls. While a promise it returns is pending nothing is sent: what has to be stored
   * is stored before anything depends on it. If it rejects, the connection is closed with that error.
   */
  onNews(news: ConnectionNews): void | Promise<void>;
  onState(state: ConnectionState): void;
}

/**
 * One engine over one link: carries packets both ways, runs the engine's timer, and settles calls. The link comes
 * back by itself; the engine knows what has to be sent again.
 */
export class Connection {
  private readonly link: Link;
  private readonly incoming: Incoming | null;
  private readonly calls = new CallTable();
  private readonly waiting = new Set<{ resolve(): void; reject(error: Error): void }>();
  private current: ConnectionState = { type: 'connecting' };
  private started = false;
  private timer: Timer | null = null;
  private timerAt = 0;
  /** How many `onNews` are pending. */
  private held = 0;
  private pumping = false;
  private scheduled = false;
  private retired = false;

  constructor(private readonly options: ConnectionOptions) {
    this.link = new Link({
      clock: options.clock,
      crypto: options.crypto,
      dial: options.dial,
      onState: (state) => this.setState(state),
      onOpen: (transport) => this.onOpen(transport),
      onFrame: (frame) => (this.incoming ? this.incoming.take(frame) : this.receive(frame)),
      onIdle: () => (this.incoming ? this.incoming.after(() => this.idle()) : this.idle()),
      onLost: () => this.onLost(),
      onFatal: (error) => this.close(error),
    });
    const { workers, engine } = options;
    this.incoming =
      workers && engine.unopened
        ? new Incoming({
            workers,
            unopened: (frame) => engine.unopened?.(frame) ?? null,
            deliver: (frame, opened) => this.receive(frame, opened),
          })
        : null;
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** Calls that are not settled. */
  get pending(): number {
    return this.calls.size;
  }

  /** Connects, and stays connected until {@link close}. */
  open(): void {
    if (this.started || this.isClosed) return;
    this.started = true;
    this.link.start();
  }

  /** Resolves when calls flow; rejects when the connection is closed. */
  ready(): Promise<void> {
    const { current } = this;
    if (current.type === 'ready') return Promise.resolve();
    if (current.type === 'closed') return Promise.reject(closedError(current.error));
    return new Promise((resolve, reject) => this.waiting.add({ resolve, reject }));
  }

  /** Hands a call to the engine. Calls made in the same turn travel together. */
  call(call: OutgoingCall, listener: CallListener): CallId {
    const id = this.options.engine.call(call, this.now());
    this.calls.add(id, listener);
    if (this.isClosed) {
      this.calls.dispatch({ type: 'lost', call: id, mayHaveRun: false, reason: 'closed' });
    } else this.schedule();
    return id;
  }

  /** Whether that call is still under way here. */
  isPending(call: CallId): boolean {
    return this.calls.has(call);
  }

  /** Gives a call up: its listener is not called any more. */
  cancel(call: CallId): void {
    if (!this.calls.has(call)) return;
    this.calls.remove(call);
    this.options.engine.cancel(call, this.now());
    this.schedule();
  }

  /** Takes its leave: closes as soon as no call is under way, which may be now. */
  retire(): void {
    this.retired = true;
    if (this.calls.size === 0) this.close();
  }

  /** Ends everything: the link, the timer, and all calls (as `lost`). */
  close(error?: Error): void {
    if (this.isClosed) return;
    this.guard((now) => {
      this.options.engine.close(now);
      this.takeEvents();
    });
    this.disarm();
    this.incoming?.clear();
    this.link.stop();
    this.setState({ type: 'closed', error });
    this.calls.loseAll(error?.message ?? 'closed');
    for (const waiter of this.waiting) waiter.reject(closedError(error));
    this.waiting.clear();
  }

  private get isClosed(): boolean {
    return this.current.type === 'closed';
  }

  private now(): Now {
    return this.options.clock.now();
  }

  private setState(state: ConnectionState): void {
    this.current = state;
    this.options.onState(state);
  }

  private onOpen(transport: Transport): void {
    const { polling } = transport;
    this.guard((now) => this.options.engine.connected(now, { polling }));
    this.schedule();
  }

  private receive(frame: Frame, opened?: Uint8Array | null): void {
    this.guard((now) => this.options.engine.receive(frame, now, opened));
    this.pump();
  }

  private idle(): void {
    this.guard((now) => this.options.engine.idle(now));
    this.pump();
  }

  private onLost(): void {
    // What had come was heard before the end.
    this.incoming?.flush();
    this.disarm();
    this.guard((now) => this.options.engine.disconnected(now));
    this.takeEvents();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      this.pump();
    });
  }

  /** Moves everything that can be moved, then sets the timer. */
  private pump(): void {
    if (this.pumping || this.isClosed) return;
    this.pumping = true;
    try {
      do {
        this.takeEvents();
        if (this.held === 0) this.guard(() => this.sendPackets());
      } while (this.takeEvents());
    } finally {
      this.pumping = false;
    }
    if (this.retired && this.calls.size === 0) this.close();
    this.arm();
  }

  private sendPackets(): void {
    const { transport } = this.link;
    if (!transport) return;
    for (const packet of this.options.engine.takePackets(this.now())) {
      transport.send(packet.bytes, packet.quickAck);
    }
  }

  /** @returns whether there were any. */
  private takeEvents(): boolean {
    const events = this.options.engine.takeEvents();
    for (const event of events) this.onEvent(event);
    return events.length > 0;
  }

  private onEvent(event: EngineEvent): void {
    switch (event.type) {
      case 'result':
      case 'error':
        this.link.succeeded();
        this.calls.dispatch(event);
        return;
      // No success: a server may fail at each attempt at what it has taken.
      case 'acknowledged':
      case 'lost':
        this.calls.dispatch(event);
        return;
      case 'ready':
        this.onReady();
        break;
      case 'reconnect':
        this.drop(event.reason);
        break;
      case 'handshake-failed':
        if (event.fatal) this.close(event.error);
        break;
      default:
    }
    this.tell(event);
  }

  private onReady(): void {
    if (this.isClosed || !this.link.transport) return;
    this.link.ready();
    this.setState({ type: 'ready' });
    for (const waiter of this.waiting) waiter.resolve();
    this.waiting.clear();
  }

  private tell(news: ConnectionNews): void {
    const pending = this.options.onNews(news);
    if (!pending) return;
    this.held++;
    pending.then(
      () => {
        this.held--;
        this.pump();
      },
      (error: unknown) => {
        this.held--;
        this.close(asError(error));
      },
    );
  }

  /** An engine that throws has a defect; the link starts anew instead of going on in an unknown state. */
  private guard(run: (now: Now) => void): void {
    try {
      run(this.now());
    } catch (error) {
      this.tell({ type: 'refused', error: asError(error) });
      this.drop('the session failed');
    }
  }

  /** What came over this link and was not heard yet is not wanted any more. */
  private drop(reason: string): void {
    this.incoming?.clear();
    this.link.drop(reason);
  }

  private arm(): void {
    if (this.isClosed || !this.link.transport) return;
    const deadline = this.options.engine.deadline();
    if (deadline === null) {
      this.disarm();
      return;
    }
    if (this.timer && this.timerAt === deadline) return;
    this.disarm();
    this.timerAt = deadline;
    // At least a millisecond: timers may fire early, and a deadline that stays must not become a busy loop.
    const delay = Math.max(1, deadline - this.now().steady);
    this.timer = this.options.clock.after(delay, () => {
      this.timer = null;
      this.guard((now) => this.options.engine.tick(now));
      this.pump();
    });
  }

  private disarm(): void {
    this.timer?.cancel();
    this.timer = null;
  }
}

function closedError(cause: Error | undefined): Error {
  return cause
    ? new ClosedError(cause)
    : new TransportError('connection', 'The connection is closed');
}
