import type { CryptoProvider } from '../crypto/provider/types.js';
import type { CallTable } from './calls/call-table.js';
import type { MessageIds } from './message-ids.js';
import type { SessionEvent } from './types.js';

/** Settings of every session of an engine. */
export interface SessionSettings {
  readonly prefix: (() => Uint8Array) | undefined;
  readonly gzip: ((data: Uint8Array) => Uint8Array) | undefined;
  /** Bytes; negative: never. */
  readonly gzipAbove: number;
  /** Seconds. */
  readonly disconnectDelay: number;
  /** How many ids of incoming messages are remembered. */
  readonly incoming: number;
  /** How many calls may wait for their answers at one time. */
  readonly outgoing: number;
}

/** What the sessions of an engine have in common. */
export interface SessionContext {
  readonly crypto: CryptoProvider;
  readonly ids: MessageIds;
  readonly calls: CallTable;
  readonly settings: SessionSettings;
  emit(event: SessionEvent): void;
}
