import type { Now } from '../../platform/types.js';
import { earliest } from '../earliest.js';
import type { Session } from '../session.js';
import type { OutgoingPacket } from '../types.js';
import type { Lifetime } from './lifetime.js';

/** Keys of sessions that are over which are remembered. */
const OVER = 16;

/** A session and how long its key lives; null: for ever. */
export interface Held {
  readonly session: Session;
  readonly lifetime: Lifetime | null;
}

/** The sessions of an engine: the one for new calls, its successor, and those that finish what they began. */
export class SessionSet {
  main: Held | null = null;
  /** Waits for its key to be bound. */
  binding: Held | null = null;
  draining: Held[] = [];
  /** Keys of sessions that are over, the last ones. */
  readonly #over: bigint[] = [];

  all(): Held[] {
    const all = [...this.draining];
    if (this.main) all.push(this.main);
    if (this.binding) all.push(this.binding);
    return all;
  }

  byKey(keyId: bigint): Session | undefined {
    return this.all().find(({ session }) => session.key.id === keyId)?.session;
  }

  /** Whether a session with this key has ended lately: packets under it may still be on their way. */
  isOver(keyId: bigint): boolean {
    return this.#over.includes(keyId);
  }

  byId(sessionId: bigint): Session | undefined {
    return this.all().find(({ session }) => session.id === sessionId)?.session;
  }

  connected(now: Now, polling: boolean): void {
    for (const { session } of this.all()) session.connected(now, polling);
  }

  disconnected(): void {
    for (const { session } of this.all()) session.disconnected();
  }

  /** The bound session takes over. */
  promote(): void {
    if (this.main) {
      this.main.session.drain();
      this.draining.push(this.main);
    }
    this.main = this.binding;
    this.binding = null;
    if (this.main) this.main.session.state = 'ready';
  }

  remove(held: Held): void {
    this.#over.push(held.session.key.id);
    if (this.#over.length > OVER) this.#over.shift();
    if (this.main === held) this.main = null;
    if (this.binding === held) this.binding = null;
    this.draining = this.draining.filter((one) => one !== held);
  }

  packets(now: Now): OutgoingPacket[] {
    const packets: OutgoingPacket[] = [];
    for (const { session } of this.all()) packets.push(...session.packets(now));
    return packets;
  }

  deadline(): number | null {
    let first: number | null = null;
    for (const { session, lifetime } of this.all()) {
      first = earliest(first, session.deadline(), lifetime?.endDeadline() ?? null);
    }
    return first;
  }
}
