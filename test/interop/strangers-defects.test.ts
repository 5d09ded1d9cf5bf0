import { createRequire } from 'node:module';
import { performSocksHandshake } from '@fuman/net';
import { connectTcp } from '@fuman/node';
import { bigint } from '@fuman/utils';
import { LocalDc } from '@tlgen/local-dc';
import { addPublicKey, findKeyByFingerprints } from '@mtcute/core/utils.js';
import Long from 'long';
import { afterEach, describe, expect, it } from 'vitest';
import { startSocks5 } from '../support/proxies/socks5-server.js';
import { gramjsClient } from '../support/strangers/gramjs.js';
import { MtcuteCrypto } from '../support/strangers/mtcute-crypto.js';

/*
 * Where GramJS 2.26.22 and mtcute 0.30.3 are at fault themselves, and what the other tests do about it. When one of
 * these fails, a newer version has mended it, and its work-around can go.
 */

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});

describe('GramJS', () => {
  const require = createRequire(import.meta.url);
  const { getByteArray } = require('telegram/Helpers') as {
    getByteArray(value: { toString(radix: number): string }): Uint8Array;
  };
  const bigInt = require('big-integer') as (hex: string, radix: number) => { toString(): string };

  it('takes the leading zero bytes off a key: such an exchange fails, and it makes another key', () => {
    const key = `00${'ff'.repeat(255)}`;
    expect(getByteArray(bigInt(key, 16))).toHaveLength(255);
  });

  it.each([
    ['ee', 'ee000102030405060708090a0b0c0d0e0f6578616d706c652e6f7267'],
    ['an odd length', 'ff'.repeat(20)],
  ])('does not know MTProxy secrets with %s: it has no transport for them', async (_, secret) => {
    const dc = await LocalDc.start();
    open.push(dc);
    const proxy = { host: dc.host, port: dc.port, secret };
    const client = gramjsClient(dc, 'mtproxy plain', { proxy });
    const reasons = new Set<string>();
    client.onError = ({ message }) => {
      reasons.add(message);
      return Promise.resolve();
    };
    expect(await client.connect()).toBe(false);
    await client.destroy();
    expect([...reasons]).toEqual(['MTProxy secret must be a hex-string representing 16 bytes']);
  });

  it('announces the abridged framing to proxies with dd secrets too, which stand for the padded one', () => {
    const secret = 'dd000102030405060708090a0b0c0d0e0f';
    const { ConnectionTCPMTProxyAbridged } = require('telegram/network/connection/TCPMTProxy') as {
      ConnectionTCPMTProxyAbridged: new (options: object) => {
        readonly PacketCodecClass: { readonly obfuscateTag: Uint8Array };
      };
    };
    const proxy = { ip: '127.0.0.1', port: 1, MTProxy: true, secret };
    const { PromisedNetSockets: socket } = require('telegram/extensions') as {
      PromisedNetSockets: unknown;
    };
    const options = { proxy, dcId: 2, socket };
    const { PacketCodecClass } = new ConnectionTCPMTProxyAbridged(options);
    expect([...PacketCodecClass.obfuscateTag]).toEqual([0xef, 0xef, 0xef, 0xef]);
  });
});

describe('mtcute', () => {
  it('takes the leading zero bytes off a key: such an exchange fails, and is tried again', () => {
    // What it makes the key of: the power, without a length.
    expect(bigint.toBytes(BigInt(`0x00${'ff'.repeat(255)}`))).toHaveLength(255);
  });

  it('does not find an RSA key whose fingerprint begins with a zero', () => {
    const pem = `-----BEGIN RSA PUBLIC KEY-----
MIGJAoGBAO3qhU7Xs5nyWn59pfg3WK+uoLFx37QADbVxD5NKWSgzIAkGcIcWzpVU
wLiuJL/T4SZPnbRDBBQCU7MZ2tvcjn869MlqPELe9A+78aWeLPXz1Qm7Oekb2tPv
059DPCmTbvBkGUkjBmQnFAtYAPzTflzeWN59RkJAn2WBfOeuXJetAgMBAAE=
-----END RSA PUBLIC KEY-----`;
    const fingerprint = Long.fromString('0b15c72e98070cce', true, 16);
    addPublicKey(new MtcuteCrypto(), pem);
    expect(findKeyByFingerprints(['0b15c72e98070cce'])).not.toBeNull();
    expect(findKeyByFingerprints([fingerprint])).toBeNull();
  });

  it('reads no host name as the bound address in a SOCKS5 answer', async () => {
    const dc = await LocalDc.start();
    const proxy = await startSocks5();
    open.push(dc, proxy);
    const { host, port } = proxy;
    const socket = await connectTcp({ address: host, port });
    open.push(socket);
    const target = { address: dc.host, port: dc.port };
    await expect(
      performSocksHandshake(socket, socket, { host, port, version: 5 }, target),
    ).rejects.toThrow('Invalid BNDADDR type: 3');
  });
});
