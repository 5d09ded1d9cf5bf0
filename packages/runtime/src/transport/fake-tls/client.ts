import type { CryptoProvider } from '../../crypto/provider/types.js';
import { badFrame } from '../framing/payload.js';
import { concat } from '../../crypto/bytes.js';
import { equalBytes } from '../../crypto/compare.js';
import { copyOf, int32At, putInt32 } from '../framing/words.js';
import { RANDOM_AT, RANDOM_SIZE, clientHello } from './client-hello.js';
import {
  ALERT,
  APPLICATION_DATA,
  CHANGE_CIPHER_SPEC_RECORD,
  HANDSHAKE,
  RecordReader,
  applicationData,
  dataOf,
} from './records.js';

/** Real proxies answer with some kilobytes: the "certificate" of the imitated site. */
const MAX_ANSWER = 1 << 16;
const MAX_ANSWER_RECORDS = 32;

/** What the server's bytes meant. */
export interface FakeTlsStep {
  /** Whether the handshake is over and `wrap` may be used. */
  readonly ready: boolean;
  /** Bytes of the stream inside. */
  readonly data: Uint8Array[];
}

/**
 * The client's end of MTProxy's imitation of TLS 1.3 (`ee` secrets), sans-IO. The random of the ClientHello is
 * HMAC-SHA256 of the hello under the secret, mixed with the time; the random of the ServerHello proves the same.
 */
export class FakeTlsClient {
  /** What goes to the server first. */
  readonly hello: Uint8Array;
  private readonly random: Uint8Array;
  private readonly reader = new RecordReader();
  private answer: Uint8Array[] | null = [];
  private answered = 0;
  private greeted = false;

  /** @param unixTime - seconds since 1970; proxies refuse a hello that is minutes off. */
  constructor(
    private readonly options: {
      readonly crypto: CryptoProvider;
      readonly secret: Uint8Array;
      readonly domain: string;
      readonly unixTime: number;
    },
  ) {
    const { crypto, secret, domain, unixTime } = options;
    this.hello = clientHello(crypto, domain);
    this.random = copyOf(crypto.hmacSha256(secret, this.hello));
    const last = RANDOM_SIZE - 4;
    putInt32(this.random, last, int32At(this.random, last) ^ unixTime);
    this.hello.set(this.random, RANDOM_AT);
  }

  /** @throws TransportError `bad-frame` for an alert, a wrong proof, or what is not TLS. */
  receive(chunk: Uint8Array): FakeTlsStep {
    this.reader.push(chunk);
    const data: Uint8Array[] = [];
    for (let record = this.reader.next(); record !== null; record = this.reader.next()) {
      if (this.answer === null) {
        const bytes = dataOf(record);
        if (bytes !== null) data.push(bytes);
        continue;
      }
      if (record.type === ALERT) throw badFrame(`TLS alert ${record.body[1] ?? 0}`);
      if (this.answer.length === 0 && record.type !== HANDSHAKE) {
        throw badFrame('the answer does not begin with a ServerHello');
      }
      this.answered += record.raw.length;
      this.answer.push(record.raw);
      if (this.answered > MAX_ANSWER || this.answer.length > MAX_ANSWER_RECORDS) {
        throw badFrame('the handshake of the proxy does not end');
      }
      if (record.type === APPLICATION_DATA) this.verify(concat(...this.answer));
    }
    return { ready: this.answer === null, data };
  }

  /** Puts bytes of the stream inside into records. */
  wrap(bytes: Uint8Array): Uint8Array {
    const records = applicationData(bytes);
    if (this.greeted) return records;
    this.greeted = true;
    return concat(Uint8Array.from(CHANGE_CIPHER_SPEC_RECORD), records);
  }

  private verify(answer: Uint8Array): void {
    const { crypto, secret } = this.options;
    const proof = copyOf(answer.subarray(RANDOM_AT, RANDOM_AT + RANDOM_SIZE));
    answer.fill(0, RANDOM_AT, RANDOM_AT + RANDOM_SIZE);
    if (!equalBytes(proof, crypto.hmacSha256(secret, concat(this.random, answer)))) {
      throw badFrame('the proxy does not know the secret');
    }
    this.answer = null;
  }
}
