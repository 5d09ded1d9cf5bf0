import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nodeCrypto } from '../../packages/runtime/src/crypto/provider/node.js';
import { sealPlain } from '../../packages/runtime/src/session/index.js';
import { createCodec } from '../../packages/runtime/src/transport/index.js';
import {
  localRsaKey,
  ServerHandshake,
} from '../../packages/local-dc/src/protocol/handshake/index.js';
import { StreamPeer } from '../../packages/local-dc/src/listen/stream.js';
import { RUNS, SEED } from '../support/random.js';
import { server, type Server } from '../unit/local-dc/protocol/support.js';
import { Pair } from '../unit/runtime/session/handshake/support.js';

describe('the key exchange of a data center', () => {
  const recorded = new Pair();
  recorded.run();
  const options = {
    crypto: nodeCrypto,
    rsaKeys: [localRsaKey(nodeCrypto)],
    dcId: 2,
    now: () => 1_767_323_045,
  };

  it('exchange/fuzz: changed, cut and invented queries are refused, and an honest exchange still works', () => {
    fc.assert(
      fc.property(
        fc.nat(2),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        fc.constantFrom('change', 'cut', 'grow', 'random'),
        fc.uint8Array({ minLength: 4, maxLength: 400 }),
        (which, at, mask, how, random) => {
          const pair = new Pair();
          // The same seeds give the same queries, so the recorded ones fit until the changed one.
          for (const query of recorded.toServer.slice(0, which)) pair.server.receive(query);
          const query = recorded.toServer[which]!.slice();
          if (how === 'change') query[at % query.length]! ^= mask;
          const bytes =
            how === 'cut'
              ? query.subarray(0, at % query.length)
              : how === 'grow'
                ? Uint8Array.of(...query, ...random)
                : how === 'random'
                  ? Uint8Array.of(...query.subarray(0, 20 + (at % 24)), ...random)
                  : query;
          const outcome = pair.server.receive(bytes);
          // Only ids, and what a padded transport leaves behind, may differ without a difference.
          const inId = at % query.length >= 8 && at % query.length < 16;
          if (outcome.done) expect(how === 'grow' ? random.length < 16 : inId).toBe(true);
          expect(outcome.reply === null).toBe(outcome.refusal !== undefined);
        },
      ),
      { seed: SEED, numRuns: 300 * RUNS },
    );
    expect(new Pair().run().type).toBe('done');
    const fresh = new ServerHandshake(options);
    expect(fresh.receive(recorded.toServer[0]!).reply).not.toBeNull();
  });
});

describe('the stream of a listener', () => {
  const context = (at: Server) => ({
    core: at.core,
    crypto: nodeCrypto,
    dcId: 2,
    secrets: [{ key: new Uint8Array(16).fill(3), padded: true, domain: 'a.example' }],
    now: () => 1_800_000_000,
  });

  it('api/no-throw-on-remote: any bytes in any pieces close it at worst', () => {
    const framed = (['abridged', 'intermediate', 'padded', 'full'] as const).map((framing) =>
      createCodec(framing, 'client', nodeCrypto).encode(sealPlain(4n, new Uint8Array(20).fill(7))),
    );
    const beginnings = [
      new Uint8Array(),
      ...framed,
      Uint8Array.of(0x16, 3, 1, 2, 0, 1, 0, 1, 0xfc, 3, 3),
      new TextEncoder().encode('POST /api HTTP/1.1\r\n\r\n'),
      new Uint8Array(64).fill(0x42),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...beginnings),
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }),
        fc.boolean(),
        (beginning, chunks, obfuscatedOnly) => {
          const at = server();
          let closed = false;
          const out = { write: () => {}, close: () => void (closed = true) };
          const peer = new StreamPeer(context(at) as never, out, obfuscatedOnly);
          for (const chunk of [beginning, ...chunks]) peer.receive(chunk.slice());
          peer.lost();
          expect([...at.core.connections]).toEqual([]);
          expect(closed || at.core.deadline() === null || at.core.deadline()! > 0).toBe(true);
        },
      ),
      { seed: SEED, numRuns: 300 * RUNS },
    );
  });
});
