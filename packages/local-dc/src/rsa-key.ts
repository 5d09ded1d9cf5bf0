import { generateKeyPair } from 'node:crypto';
import { promisify } from 'node:util';
import { rsaKeyFrom, type CryptoProvider, type RsaPrivateKey } from '@tlgen/runtime/crypto';

/** The key of a data center: the private half for itself, the public one, as PEM, for clients. */
export interface DcKey {
  readonly key: RsaPrivateKey;
  readonly pem: string;
}

/** Makes a new RSA key of 2048 bits. */
export async function newDcKey(crypto: CryptoProvider): Promise<DcKey> {
  const pair = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  const { n = '', e = '', d = '' } = pair.privateKey.export({ format: 'jwk' });
  const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
  const key = { ...rsaKeyFrom(crypto, bytes(n), bytes(e)), d: bytes(d) };
  return { key, pem: pair.publicKey.export({ type: 'pkcs1', format: 'pem' }).toString() };
}
