import type { ServerConnection } from './connection.js';
import type { FaultBoard } from '../faults/board.js';
import type { ServerSettings } from './options.js';
import type { Refusal } from './refusals.js';
import type { Scheduler } from './scheduler.js';
import type { ServerSession } from './session.js';
import type { KeyRecord } from './keys.js';

/** What the parts of a core share. */
export interface CoreHost {
  readonly settings: ServerSettings;
  readonly faults: FaultBoard;
  readonly scheduler: Scheduler;
  /** The clock without skew, milliseconds: for deadlines. */
  clock(): number;
  /** Server time, milliseconds: what clients see. */
  time(): number;
  refuse(refusal: Omit<Refusal, 'at'>): void;
  permanentKeyOf(key: KeyRecord): KeyRecord | null;
  /** Ends a session of a key. @returns false when there is none. */
  endSession(key: KeyRecord, sessionId: bigint): boolean;
  /** Ends a session for good, of this key or of another one that is bound to the same permanent key. */
  destroySession(key: KeyRecord, sessionId: bigint): boolean;
  destroyKey(keyId: bigint): void;
  /** The session has something to send, or an appointment to make. */
  dirty(session: ServerSession): void;
  /** Sends what sessions have to send, and tells whoever drives the core that its deadline may have changed. */
  settle(): void;
  /** Takes an unencrypted packet. */
  exchange(connection: ServerConnection, packet: Uint8Array): void;
  key(id: bigint): KeyRecord | undefined;
  session(key: KeyRecord, id: bigint, media: boolean): ServerSession | null;
  forget(connection: ServerConnection): void;
}
