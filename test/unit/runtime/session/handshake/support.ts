import type { TlObject } from '@tlgen/codec';
import type { CryptoProvider } from '../../../../../packages/runtime/src/crypto/index.js';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import type { Now } from '../../../../../packages/runtime/src/platform/types.js';
import {
  Handshake,
  type HandshakeStep,
} from '../../../../../packages/runtime/src/session/handshake/index.js';
import { MessageIds } from '../../../../../packages/runtime/src/session/message-ids.js';
import {
  localRsaKey,
  ServerHandshake,
  type HandshakeHooks,
  type HandshakeOutcome,
  type MadeKey,
} from '../../../../../packages/local-dc/src/protocol/handshake/index.js';
import { Random } from '../../../../support/random.js';

export const rsaKey = localRsaKey(nodeCrypto);

/** 2026-01-02T03:04:05.250Z. */
export const START = 1_767_323_045_250;

/** The Node provider with random bytes of the caller's making. */
export function withRandom(randomBytes: (size: number) => Uint8Array): CryptoProvider {
  return Object.assign(Object.create(nodeCrypto) as CryptoProvider, { randomBytes });
}

export function seeded(seed: number): CryptoProvider {
  const random = new Random(seed);
  return withRandom((size) => random.bytes(size));
}

/** A copy of a message with other fields. */
export function changed<T extends TlObject>(message: T, fields: Record<string, unknown>): T {
  const copy = Object.create(Object.getPrototypeOf(message) as object) as T;
  return Object.assign(copy, message, fields);
}

export function flipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  copy[bit >> 3]! ^= 1 << (bit & 7);
  return copy;
}

/** Changes fields of the messages with that TL name. */
export function onMessage(
  name: string,
  change: (message: TlObject & Record<string, unknown>) => Record<string, unknown>,
): HandshakeHooks {
  return {
    message: (message) =>
      message._ === name
        ? changed(message, change(message as TlObject & Record<string, unknown>))
        : message,
  };
}

export interface PairOptions {
  readonly clientCrypto?: CryptoProvider;
  readonly serverCrypto?: CryptoProvider;
  readonly hooks?: HandshakeHooks;
  readonly dcId?: number;
  readonly temporary?: { readonly expiresIn: number };
  /** Wall clock of the client minus server time, milliseconds. */
  readonly skew?: number;
  readonly isKnown?: (keyId: bigint) => boolean;
  readonly messageIds?: MessageIds;
}

/** A client and a server with one clock; nothing happens by itself. */
export class Pair {
  readonly client: Handshake;
  readonly server: ServerHandshake;
  readonly messageIds: MessageIds;
  readonly toServer: Uint8Array[] = [];
  readonly toClient: Uint8Array[] = [];
  readonly outcomes: HandshakeOutcome[] = [];
  time = 0;

  constructor(private readonly options: PairOptions = {}) {
    const { dcId = 2, temporary, isKnown, hooks } = options;
    this.messageIds = options.messageIds ?? new MessageIds();
    this.client = new Handshake({
      crypto: options.clientCrypto ?? seeded(1),
      rsaKeys: [rsaKey],
      dcId,
      messageIds: this.messageIds,
      temporary,
    });
    this.server = new ServerHandshake({
      crypto: options.serverCrypto ?? seeded(2),
      rsaKeys: [rsaKey],
      dcId: Math.abs(dcId) % 10_000,
      now: () => (START + this.time) / 1000,
      isKnown,
      hooks,
    });
  }

  get now(): Now {
    return { wall: START + this.time + (this.options.skew ?? 0), steady: this.time };
  }

  /** What the server made, when it made a key. */
  get made(): MadeKey | undefined {
    return this.outcomes.find((one) => one.done !== undefined)?.done;
  }

  start(): Uint8Array {
    return this.client.start(this.now);
  }

  /** Hands a packet over, and the answer back; every way takes 20 ms. */
  round(packet: Uint8Array): HandshakeStep {
    this.toServer.push(packet);
    this.time += 20;
    const outcome = this.server.receive(packet);
    this.outcomes.push(outcome);
    if (outcome.reply === null) throw new Error(`no answer: ${outcome.refusal?.reason}`);
    this.toClient.push(outcome.reply);
    this.time += 20;
    return this.client.receive(outcome.reply, this.now);
  }

  run(): Extract<HandshakeStep, { type: 'done' }> {
    let packet = this.start();
    for (;;) {
      const step = this.round(packet);
      if (step.type === 'done') return step;
      if (step.type === 'ignored') throw new Error('an answer was ignored');
      packet = step.bytes;
    }
  }
}

/** What it throws. */
export function thrownBy(run: () => unknown): unknown {
  try {
    run();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
}
