import type { CryptoProvider, KeyOffset } from '../provider/types.js';

/** One piece of work as it travels to a worker. The buffer is handed over, not copied. */
export interface IgeJob {
  readonly id: number;
  readonly decrypt: boolean;
  readonly buffer: ArrayBuffer;
  readonly key: Uint8Array;
  readonly iv: Uint8Array;
}

/** What a worker tells. */
export interface IgeWorkerEvents {
  /** The bytes of the buffer are the result. */
  onDone(id: number, buffer: ArrayBuffer): void;
  /** It is of no more use: it could not start, it failed, or it ended. May be told more than once. */
  onLost(): void;
}

/** A thread that runs one of the programs of program.ts. */
export interface IgeWorker {
  /** @throws whatever the host throws when it cannot hand over. */
  post(job: IgeJob): void;
  /** Whether the process has to wait for it, where that can be told. */
  hold(busy: boolean): void;
  end(): void;
}

/** What a pool needs of its host. */
export interface WorkerHost {
  /** Does what is too small, and all that is left when threads fail. */
  readonly crypto: CryptoProvider;
  /** Most threads. */
  readonly size: number;
  /** @throws whatever the host throws when there is no starting it. */
  start(events: IgeWorkerEvents): IgeWorker;
  /** MTProto 2.0: msg_key of a padded plaintext; as `messageKey2`, without making a copy of it. */
  messageKey(authKey: Uint8Array, plain: Uint8Array, x: KeyOffset): Uint8Array;
  /** Calls back once, after so many milliseconds; the process need not wait for it. */
  after(milliseconds: number, callback: () => void): { cancel(): void };
}
