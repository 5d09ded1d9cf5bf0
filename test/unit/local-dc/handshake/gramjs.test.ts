import { Buffer } from 'node:buffer';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { bigIntFromBytes } from '../../../../packages/runtime/src/crypto/index.js';
import type { HandshakeOutcome } from '../../../../packages/local-dc/src/protocol/handshake/index.js';
import { makeServer, packetOf, rsaKey } from './support.js';

/** The parts of GramJS 2.26.22 that make a key, with one table of RSA keys that can be added to. */
interface GramJs {
  doAuthentication(
    sender: { send(request: { getBytes(): Buffer }): Promise<unknown> },
    log: { debug(text: string): void },
  ): Promise<{ authKey: { getKey(): Buffer }; timeOffset: number }>;
}
const require = createRequire(import.meta.url);
const { doAuthentication } = require('telegram/network/Authenticator') as GramJs;
const { _serverKeys } = require('telegram/crypto/RSA') as {
  _serverKeys: Map<string, { n: unknown; e: number }>;
};
const { BinaryReader } = require('telegram/extensions') as {
  BinaryReader: new (bytes: Buffer) => { tgReadObject(): unknown };
};
const bigInt = require('big-integer') as (text: string) => unknown;

describe('a stranger at the server side of a key exchange', () => {
  it('GramJS makes a key', async () => {
    const id = rsaKey.fingerprint.toString();
    _serverKeys.set(id, { n: bigInt(bigIntFromBytes(rsaKey.n).toString()), e: 65537 });
    try {
      const { outcome, key } = await exchange();
      expect(outcome.done!.key.bytes).toEqual(new Uint8Array(key));
      expect(outcome.done).toMatchObject({ temporary: false, dcId: 2 });
    } finally {
      _serverKeys.delete(id);
    }
  });
});

/** GramJS fails by itself when the key begins with a zero byte, once in 256 times: then it gets another chance. */
async function exchange(chances = 3): Promise<{ outcome: HandshakeOutcome; key: Buffer }> {
  const server = makeServer({ crypto: nodeCrypto });
  let outcome: HandshakeOutcome = { reply: null };
  const send = async (request: { getBytes(): Buffer }): Promise<unknown> => {
    outcome = server.receive(packetOf(new Uint8Array(request.getBytes())));
    if (outcome.reply === null) throw new Error(outcome.refusal?.reason);
    return new BinaryReader(Buffer.from(outcome.reply.subarray(20))).tgReadObject();
  };
  try {
    const { authKey } = await doAuthentication({ send }, { debug() {} });
    return { outcome, key: authKey.getKey() };
  } catch (thrown) {
    if (outcome.done?.key.bytes[0] !== 0 || chances === 1) throw thrown;
    return exchange(chances - 1);
  }
}
