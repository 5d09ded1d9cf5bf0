import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { ICryptoProvider } from '@mtcute/core/utils.js';
import { TlBinaryReader, type TlReaderMap } from '@mtcute/tl-runtime';
import type Long from 'long';

const require = createRequire(import.meta.url);

/** mtcute's own sealing and opening of packets, which its package does not export. */
export interface MtcuteAuthKey {
  setup(key: Uint8Array): void;
  encryptMessage(message: Uint8Array, salt: Long, sessionId: Long): Uint8Array;
  decryptMessage(
    packet: Uint8Array,
    sessionId: Long,
    callback: (msgId: Long, seqNo: number, reader: TlBinaryReader) => void,
  ): void;
}

interface MtcuteAuthKeyModule {
  AuthKey: new (crypto: ICryptoProvider, log: unknown, readers: TlReaderMap) => MtcuteAuthKey;
}

const inMtcute = (path: string): string =>
  pathToFileURL(require.resolve('@mtcute/core').replace(/index\.c?js$/, path)).href;

const authKeyModule = (await import(inMtcute('network/auth-key.js'))) as MtcuteAuthKeyModule;

export function mtcuteAuthKey(crypto: ICryptoProvider, bytes: Uint8Array): MtcuteAuthKey {
  const silent = { verbose: (): void => undefined, warn: (): void => undefined };
  const key = new authKeyModule.AuthKey(crypto, silent, {});
  key.setup(bytes);
  return key;
}

/** mtcute's data of Telegram's RSA keys, which it does not export either. */
export async function mtcuteRsaKeys(): Promise<
  { modulus: string; exponent: string; fingerprint: string }[]
> {
  const module = (await import(inMtcute('tl/binary/rsa-keys.js'))) as Record<
    string,
    Record<string, { modulus: string; exponent: string; fingerprint: string }>
  >;
  return Object.values(module).flatMap((keys) => Object.values(keys));
}

interface GramState {
  salt: unknown;
  id: unknown;
  encryptMessageData(data: Buffer): Promise<Buffer>;
}

/** GramJS's side of a session, ready to encrypt. */
export async function gramState(
  key: Uint8Array,
  salt: bigint,
  sessionId: bigint,
): Promise<GramState> {
  const { AuthKey } = require('telegram/crypto/AuthKey') as {
    AuthKey: new () => { setKey(key: Buffer): Promise<void> };
  };
  const { MTProtoState } = require('telegram/network/MTProtoState') as {
    MTProtoState: new (authKey: unknown) => GramState;
  };
  const bigInt = require('big-integer') as (text: string) => unknown;
  const authKey = new AuthKey();
  await authKey.setKey(Buffer.from(key));
  const state = new MTProtoState(authKey);
  state.salt = bigInt(salt.toString());
  state.id = bigInt(sessionId.toString());
  return state;
}
