import type { CryptoProvider } from '../../crypto/provider/types.js';
import { createCodec, type ObfuscatedFraming } from '../framing/create-codec.js';
import { concat } from '../../crypto/bytes.js';
import type { Frame, PacketCodec } from '../types.js';
import { createInit, type ObfuscationKeys } from './init.js';

export interface ObfuscatedClientOptions {
  readonly crypto: CryptoProvider;
  readonly framing: ObfuscatedFraming;
  /** Signed id: +10000 for test servers, negative for media. */
  readonly dcId: number;
  /** 16 bytes of an MTProxy or of a data center that demands one. */
  readonly secret?: Uint8Array | undefined;
}

/**
 * The client's end of obfuscated2: AES-256-CTR over a framing, opened by 64 bytes that look random.
 * See "MTProto transports", section "Transport obfuscation".
 */
export class ObfuscatedClient implements PacketCodec {
  private readonly inner: PacketCodec;
  private readonly keys: ObfuscationKeys;
  private init: Uint8Array | null;

  /** @throws TransportError `bad-settings` for a data center id beyond 16 bits. */
  constructor(options: ObfuscatedClientOptions) {
    const { crypto, framing, dcId, secret } = options;
    const { wire, keys } = createInit(crypto, framing, dcId, secret);
    this.inner = createCodec(framing, 'client', crypto, false);
    this.keys = keys;
    this.init = wire;
  }

  encode(packet: Uint8Array, quickAck?: boolean): Uint8Array {
    const framed = this.keys.fromClient.process(this.inner.encode(packet, quickAck));
    const init = this.init;
    if (init === null) return framed;
    this.init = null;
    return concat(init, framed);
  }

  encodeQuickAck(token: number): Uint8Array {
    return this.keys.fromClient.process(this.inner.encodeQuickAck(token));
  }

  decode(chunk: Uint8Array): Frame[] {
    return this.inner.decode(this.keys.fromServer.process(chunk));
  }
}
