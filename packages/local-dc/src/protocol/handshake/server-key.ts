import { createPrivateKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { rsaKeyFrom, type CryptoProvider, type RsaPrivateKey } from '@tlgen/runtime/crypto';
import { LOCAL_CDN_PRIVATE_PEM, LOCAL_CDN_PUBLIC_PEM } from './local-cdn-rsa-key.js';
import { LOCAL_PRIVATE_PEM, LOCAL_PUBLIC_PEM } from './local-rsa-key.js';

/** An RSA key pair of a data center. */
export interface ServerRsaKey extends RsaPrivateKey {
  /** The public half as clients take it: PEM, PKCS#1. */
  readonly publicPem: string;
}

/** The key pair that is the same in every local data center. It is public: for tests only. */
export function localRsaKey(crypto: CryptoProvider): ServerRsaKey {
  return {
    ...fromKeyObject(crypto, createPrivateKey(LOCAL_PRIVATE_PEM)),
    publicPem: LOCAL_PUBLIC_PEM,
  };
}

/** The one of all local CDN data centers; as public. */
export function localCdnRsaKey(crypto: CryptoProvider): ServerRsaKey {
  return {
    ...fromKeyObject(crypto, createPrivateKey(LOCAL_CDN_PRIVATE_PEM)),
    publicPem: LOCAL_CDN_PUBLIC_PEM,
  };
}

/** Makes a key pair of its own for a data center; takes a few tenths of a second, more with bad luck. */
export async function generateServerKey(crypto: CryptoProvider): Promise<ServerRsaKey> {
  const size = { modulusLength: 2048 };
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', size);
  const publicPem = publicKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  return { ...fromKeyObject(crypto, privateKey), publicPem };
}

function fromKeyObject(crypto: CryptoProvider, key: KeyObject): RsaPrivateKey {
  const { n, e, d } = key.export({ format: 'jwk' });
  const exponent = numberOf(d);
  return { ...rsaKeyFrom(crypto, numberOf(n), numberOf(e)), d: exponent };
}

function numberOf(text: string | undefined): Uint8Array {
  if (text === undefined) throw new TypeError('not an RSA key pair');
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
