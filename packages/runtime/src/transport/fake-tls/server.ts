import type { CryptoProvider } from '../../crypto/provider/types.js';
import { badFrame } from '../framing/payload.js';
import { concat } from '../../crypto/bytes.js';
import { equalBytes } from '../../crypto/compare.js';
import { copyOf, int32At, putInt32 } from '../framing/words.js';
import { RANDOM_AT, RANDOM_SIZE } from './client-hello.js';
import {
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC_RECORD,
  HANDSHAKE,
  RecordReader,
  applicationData,
  dataOf,
  tlsRecord,
} from './records.js';
import { x25519PublicKey } from './x25519.js';

/** How far the clock of a client may be off, in seconds: what known proxies allow. */
const TOO_OLD = 20 * 60;
const TOO_NEW = 10 * 60;
const SESSION_ID_AT = RANDOM_AT + RANDOM_SIZE;

/** What the client's bytes meant: an answer to send, and bytes of the stream inside. */
export interface FakeTlsServerStep {
  readonly send: Uint8Array | null;
  readonly data: Uint8Array[];
}

/** The proxy's end of MTProxy's imitation of TLS 1.3 (`ee` secrets), sans-IO. */
export class FakeTlsServer {
  private readonly reader = new RecordReader();
  private open = false;

  /** @param options - `extra`: records between the ServerHello and the end of the answer, as some proxies send. */
  constructor(
    private readonly options: {
      readonly crypto: CryptoProvider;
      /** 16 bytes: the secret without `ee` and the host name. */
      readonly secret: Uint8Array;
      readonly extra?: readonly Uint8Array[] | undefined;
    },
  ) {}

  /**
   * @param unixTime - seconds since 1970.
   * @throws TransportError `bad-frame` unless the client knows the secret and the time.
   */
  receive(chunk: Uint8Array, unixTime: number): FakeTlsServerStep {
    this.reader.push(chunk);
    let send: Uint8Array | null = null;
    const data: Uint8Array[] = [];
    for (let record = this.reader.next(); record !== null; record = this.reader.next()) {
      if (this.open) {
        const bytes = dataOf(record);
        if (bytes !== null) data.push(bytes);
        continue;
      }
      if (record.type !== HANDSHAKE || record.body[0] !== 1) {
        throw badFrame('the client does not begin with a ClientHello');
      }
      send = this.answer(copyOf(record.raw), unixTime);
      this.open = true;
    }
    return { send, data };
  }

  /** Puts bytes of the stream inside into records. */
  wrap(bytes: Uint8Array): Uint8Array {
    return applicationData(bytes);
  }

  private answer(hello: Uint8Array, unixTime: number): Uint8Array {
    const { crypto, secret, extra = [] } = this.options;
    if (hello.length < SESSION_ID_AT + 33 || hello[SESSION_ID_AT] !== 32) {
      throw badFrame('the ClientHello is no browser’s');
    }
    const random = copyOf(hello.subarray(RANDOM_AT, SESSION_ID_AT));
    const sessionId = copyOf(hello.subarray(SESSION_ID_AT + 1, SESSION_ID_AT + 33));
    checkClientRandom(crypto, secret, hello, random, unixTime);
    const certificate = crypto.randomBytes(1024 + ((crypto.randomBytes(1)[0] ?? 0) << 3));
    const answer = concat(
      serverHello(sessionId, x25519PublicKey(crypto.randomBytes(32))),
      ...extra,
      Uint8Array.from(CHANGE_CIPHER_SPEC_RECORD),
      tlsRecord(APPLICATION_DATA, certificate),
    );
    answer.set(crypto.hmacSha256(secret, concat(random, answer)), RANDOM_AT);
    return answer;
  }
}

function checkClientRandom(
  crypto: CryptoProvider,
  secret: Uint8Array,
  hello: Uint8Array,
  random: Uint8Array,
  unixTime: number,
): void {
  hello.fill(0, RANDOM_AT, SESSION_ID_AT);
  const expected = copyOf(crypto.hmacSha256(secret, hello));
  const last = RANDOM_SIZE - 4;
  const time = (int32At(expected, last) ^ int32At(random, last)) >>> 0;
  putInt32(expected, last, int32At(random, last));
  if (!equalBytes(random, expected)) throw badFrame('the client does not know the secret');
  if (time < unixTime - TOO_OLD || time > unixTime + TOO_NEW) {
    throw badFrame(`the clock of the client is ${Math.round(time - unixTime)} s off`);
  }
}

/** TLS 1.3 with X25519, and zero bytes where the proof comes. */
function serverHello(sessionId: Uint8Array, key: Uint8Array): Uint8Array {
  const extensions = concat(
    Uint8Array.of(0, 0x33, 0, 36, 0, 0x1d, 0, 32),
    key,
    Uint8Array.of(0, 0x2b, 0, 2, 3, 4),
  );
  const body = concat(
    Uint8Array.of(3, 3),
    new Uint8Array(RANDOM_SIZE),
    Uint8Array.of(32),
    sessionId,
    Uint8Array.of(0x13, 0x01, 0, 0, extensions.length),
    extensions,
  );
  return tlsRecord(HANDSHAKE, concat(Uint8Array.of(2, 0, 0, body.length), body));
}
