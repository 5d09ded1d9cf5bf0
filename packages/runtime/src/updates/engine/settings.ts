import type { Expander } from './expand.js';
import {
  CHANNELS,
  CHANNEL_LIMIT,
  CHANNEL_LIMIT_OF_BOTS,
  DURABLE,
  GAP_WAIT,
  IDLE,
  OUTSTANDING,
  PARALLEL,
  PENDING,
} from './limits.js';
import type { Item, Outbox } from './outbox.js';
import type { Live, UpdateEngineOptions } from './types.js';

/** The options with nothing left open; some may be different at each use. */
export interface Settings {
  readonly gapWait: number;
  readonly idle: number;
  readonly channelIdle: number;
  readonly channelLimit: number;
  readonly differenceLimit: number | undefined;
  readonly parallel: number;
  readonly pending: number;
  readonly outstanding: number;
  readonly channels: number;
  readonly durable: number;
  poll(channel: bigint): boolean;
}

/** Fills in what the options leave open. */
export function settingsOf(options: UpdateEngineOptions): Settings {
  return {
    gapWait: options.gapWait ?? GAP_WAIT,
    get idle() {
      return now(options.idle, IDLE);
    },
    get channelIdle() {
      return now(options.channelIdle, Math.max(now(options.idle, IDLE), IDLE));
    },
    channelLimit: options.channelLimit ?? (options.bot ? CHANNEL_LIMIT_OF_BOTS : CHANNEL_LIMIT),
    differenceLimit: options.differenceLimit,
    parallel: options.parallel ?? PARALLEL,
    pending: options.pending ?? PENDING,
    get outstanding() {
      return now(options.outstanding, OUTSTANDING);
    },
    channels: options.channels ?? CHANNELS,
    durable: options.durable ?? DURABLE,
    poll: options.poll ?? (() => false),
  };
}

const now = (value: Live | undefined, otherwise: number): number =>
  typeof value === 'function' ? value() : (value ?? otherwise);

/** What boxes share. */
export interface BoxContext {
  readonly settings: Settings;
  readonly out: Outbox;
  readonly expander: Expander;
  /** Takes an update of a difference that belongs to another box. */
  route(item: Item, now: number): void;
}
