import type { ServerConnection } from './connection.js';
import { ExchangeStore, ServerHandshake, type HandshakeHooks } from './handshake/index.js';
import type { KeyStore } from './keys.js';
import type { ServerSettings } from './options.js';

/** The key exchanges of a cluster: one handshake per data center, all remembering the same exchanges. */
export class KeyExchanges {
  readonly #store = new ExchangeStore();
  readonly #handshakes = new Map<number, ServerHandshake>();

  /** @param now - server time, seconds. */
  constructor(
    private readonly settings: ServerSettings,
    private readonly keys: KeyStore,
    private readonly now: () => number,
    private readonly hooks: HandshakeHooks | undefined,
  ) {}

  /** Takes an unencrypted packet: answers it over its connection, and keeps the key that it completes. */
  receive(connection: ServerConnection, packet: Uint8Array): void {
    const { dcId } = connection;
    const { reply, done, refusal } = this.#handshake(dcId).receive(packet);
    if (refusal) {
      const kind = refusal.code === -444 ? 'wrong-dc' : 'handshake';
      connection.refuse(kind, refusal.code, refusal.reason);
      connection.fail(refusal.code);
      return;
    }
    if (done) {
      const { key, expiresAt, salt } = done;
      this.keys.add({ key, dcId, expiresAt, salt }, this.now());
    }
    if (reply) connection.sendPlain(reply);
  }

  #handshake(dcId: number): ServerHandshake {
    const found = this.#handshakes.get(dcId);
    if (found) return found;
    const made = new ServerHandshake({
      crypto: this.settings.crypto,
      rsaKeys: this.settings.rsaKeysOf(dcId),
      dcId,
      now: this.now,
      store: this.#store,
      isKnown: (keyId) => this.keys.get(keyId) !== undefined,
      hooks: this.hooks,
    });
    this.#handshakes.set(dcId, made);
    return made;
  }
}
