import type { CryptoProvider } from '../../crypto/provider/types.js';
import { ByteBuffer } from '../framing/byte-buffer.js';
import { createCodec, type ObfuscatedFraming } from '../framing/create-codec.js';
import { TransportError, type Frame, type PacketCodec } from '../types.js';
import { INIT_SIZE, readInit, type ObfuscationKeys } from './init.js';

/** What the first 64 bytes of a client said. */
export interface ObfuscatedSession {
  readonly framing: ObfuscatedFraming;
  /** Signed id: +10000 for test servers, negative for media. */
  readonly dcId: number;
}

/** The server's end of obfuscated2. It learns the framing from the client's first 64 bytes. */
export class ObfuscatedServer implements PacketCodec {
  private readonly pending = new ByteBuffer();
  private opened: (ObfuscatedSession & { inner: PacketCodec; keys: ObfuscationKeys }) | null = null;
  private failure: unknown = null;

  /** @param options - `secret`: 16 bytes that clients have to know. */
  constructor(
    private readonly options: {
      readonly crypto: CryptoProvider;
      readonly secret?: Uint8Array | undefined;
    },
  ) {}

  /** Null until the first 64 bytes have come. */
  get session(): ObfuscatedSession | null {
    return this.opened;
  }

  encode(packet: Uint8Array, quickAck?: boolean): Uint8Array {
    const { inner, keys } = this.ready();
    return keys.fromServer.process(inner.encode(packet, quickAck));
  }

  encodeQuickAck(token: number): Uint8Array {
    const { inner, keys } = this.ready();
    return keys.fromServer.process(inner.encodeQuickAck(token));
  }

  decode(chunk: Uint8Array): Frame[] {
    if (this.failure !== null) throw this.failure;
    if (this.opened !== null) {
      return this.opened.inner.decode(this.opened.keys.fromClient.process(chunk));
    }
    this.pending.push(chunk);
    if (this.pending.length < INIT_SIZE) return [];
    const { crypto, secret } = this.options;
    try {
      const { framing, dcId, keys } = readInit(crypto, this.pending.take(INIT_SIZE), secret);
      this.opened = { framing, dcId, keys, inner: createCodec(framing, 'server', crypto, false) };
    } catch (error) {
      this.failure = error;
      throw error;
    }
    return this.decode(this.pending.take(this.pending.length));
  }

  private ready(): { inner: PacketCodec; keys: ObfuscationKeys } {
    if (this.opened === null) {
      throw new TransportError('bad-packet', 'The client has not opened its obfuscated stream yet');
    }
    return this.opened;
  }
}
