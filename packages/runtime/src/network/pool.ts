import type { Clock, Timer } from '../platform/types.js';
import type { Connection } from './connection.js';

/** So many calls keep a connection busy: with more, another one is wanted. */
const BUSY = 4;

export interface PoolOptions {
  readonly clock: Clock;
  /** How many connections there may be. */
  most(): number;
  /** Connections that nobody used for so long are closed. Milliseconds; null: they stay. */
  readonly idle: number | null;
}

/** The connections of one kind to one data center. */
export class Pool {
  private connections: Connection[] = [];
  /** When each was picked last, by the steady clock. */
  private readonly used = new WeakMap<Connection, number>();
  private timer: Timer | null = null;

  constructor(private readonly options: PoolOptions) {}

  /** The least busy connection; undefined: there is none of any use, or room for another one. */
  pick(): Connection | undefined {
    const usable = this.connections.filter(({ state }) => state.type !== 'closed');
    const [first, ...others] = usable;
    if (!first) return undefined;
    const least = others.reduce((one, other) => (other.pending < one.pending ? other : one), first);
    if (least.pending >= BUSY && usable.length < this.options.most()) return undefined;
    this.touch(least);
    return least;
  }

  add(connection: Connection): void {
    this.connections = this.connections.filter(({ state }) => state.type !== 'closed');
    this.connections.push(connection);
    this.touch(connection);
    this.arm();
  }

  has(connection: Connection): boolean {
    return this.connections.includes(connection);
  }

  /** One of them, of any use or not. */
  get any(): Connection | undefined {
    return this.connections[0];
  }

  get all(): readonly Connection[] {
    return this.connections;
  }

  /** Knows of none any more; what becomes of them is the caller's. */
  clear(): void {
    this.connections = [];
    this.stop();
  }

  /** No more timers. */
  stop(): void {
    this.timer?.cancel();
    this.timer = null;
  }

  private touch(connection: Connection): void {
    this.used.set(connection, this.options.clock.now().steady);
  }

  private arm(): void {
    const { clock, idle } = this.options;
    if (idle === null || this.timer) return;
    this.timer = clock.after(idle, () => {
      this.timer = null;
      this.closeIdle(idle);
      if (this.connections.length > 0) this.arm();
    });
  }

  private closeIdle(idle: number): void {
    const since = this.options.clock.now().steady - idle;
    const isIdle = (one: Connection): boolean =>
      one.pending === 0 && (this.used.get(one) ?? 0) <= since;
    const unused = this.connections.filter(isIdle);
    this.connections = this.connections.filter((one) => !unused.includes(one));
    for (const connection of unused) connection.close();
  }
}
