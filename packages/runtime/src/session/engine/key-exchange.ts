import type { AuthKey } from '../../crypto/auth-key.js';
import type { Now } from '../../platform/types.js';
import { HandshakeError } from '../errors.js';
import { Handshake } from '../handshake/index.js';
import type { MessageIds } from '../message-ids.js';
import type { EngineOptions, OutgoingPacket } from '../types.js';

/** Seconds, when the options do not say. */
export const DEFAULT_TTL = 86_400;

/** A key that an exchange made. */
export interface MadeKey {
  readonly kind: 'permanent' | 'temporary';
  readonly key: AuthKey;
  readonly salt: bigint;
  /** Server time, seconds; null for permanent keys. */
  readonly expiresAt: number | null;
}

/** How an exchange ended. */
export type ExchangeEnd =
  | { readonly type: 'made'; readonly made: MadeKey }
  | { readonly type: 'failed'; readonly error: Error; readonly fatal: boolean };

/** At most one key exchange at a time, and its packets. */
export class KeyExchange {
  #handshake: Handshake | null = null;
  #kind: MadeKey['kind'] = 'permanent';
  #packets: OutgoingPacket[] = [];

  constructor(
    private readonly options: EngineOptions,
    private readonly ids: MessageIds,
  ) {}

  get running(): boolean {
    return this.#handshake !== null;
  }

  begin(kind: MadeKey['kind'], now: Now): void {
    const { crypto, rsaKeys, dcId, tempKeyTtl = DEFAULT_TTL } = this.options;
    const temporary = kind === 'temporary' ? { expiresIn: tempKeyTtl } : undefined;
    this.#kind = kind;
    this.#handshake = new Handshake({ crypto, rsaKeys, dcId, messageIds: this.ids, temporary });
    this.#packets = [{ bytes: this.#handshake.start(now) }];
  }

  /** Goes on over another connection. */
  resume(now: Now): void {
    const bytes = this.#handshake?.resume(now) ?? null;
    this.#packets = bytes === null ? [] : [{ bytes }];
  }

  cancel(): void {
    this.#handshake = null;
    this.#packets = [];
  }

  receive(packet: Uint8Array, now: Now): ExchangeEnd | null {
    return this.#guard((handshake) => {
      const step = handshake.receive(packet, now);
      if (step.type === 'send') this.#packets.push({ bytes: step.bytes });
      if (step.type !== 'done') return null;
      const { key, salt, expiresAt } = step;
      this.cancel();
      return { type: 'made', made: { kind: this.#kind, key, salt, expiresAt } };
    });
  }

  tick(now: Now): ExchangeEnd | null {
    return this.#guard((handshake) => {
      handshake.tick(now);
      return null;
    });
  }

  deadline(): number | null {
    return this.#handshake?.deadline ?? null;
  }

  takePackets(): OutgoingPacket[] {
    return this.#packets.splice(0);
  }

  #guard(work: (handshake: Handshake) => ExchangeEnd | null): ExchangeEnd | null {
    if (this.#handshake === null) return null;
    try {
      return work(this.#handshake);
    } catch (thrown) {
      this.cancel();
      const error = thrown instanceof Error ? thrown : new Error('the key exchange failed');
      // Another connection would not bring another RSA key.
      const fatal = thrown instanceof HandshakeError && thrown.code === 'unknown-key';
      return { type: 'failed', error, fatal };
    }
  }
}
