import { generateKeyPairSync } from 'node:crypto';
import { base, help, upload } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { HandshakeError } from '../../../../packages/runtime/src/session/errors.js';
import { FakeEngine } from './fakes/engine.js';
import { settle } from './fakes/clock.js';
import { ADDRESSES, FakeClient, FakeWorld, Refusal } from './fakes/world.js';

const CDN = 203;
const pem = (): string =>
  generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  }).publicKey;
const KEYS = [pem(), pem()] as const;

const part = () =>
  new upload.GetCdnFileRequest({ fileToken: Uint8Array.of(1), offset: 0n, limit: 4096 });

/** @param keys - what `help.getCdnConfig` tells, one after the other. */
async function withCdn(...keys: string[]) {
  const world = new FakeWorld();
  const cdn = { id: CDN, host: 'cdn', port: 443, cdn: true };
  const client = await FakeClient.signedIn(world, {
    network: { dataCenters: [...ADDRESSES, cdn] },
  });
  world.answer = (asked) => {
    if (asked.request instanceof upload.GetCdnFileRequest)
      return new upload.CdnFile({ bytes: Uint8Array.of(7) });
    if (!(asked.request instanceof help.GetCdnConfigRequest)) return world.usual(asked);
    const publicKeys = [keys.shift()!, 'no key at all'].map(
      (publicKey) => new base.CdnPublicKey({ dcId: CDN, publicKey }),
    );
    return new base.CdnConfig({ publicKeys });
  };
  return { world, client };
}

describe('a data center of the CDN', () => {
  it('is reached with keys of its own, without temporary keys, and nobody is signed in there', async () => {
    const { world, client } = await withCdn(KEYS[0]);
    const calls = [1, 2].map(() => client.caller.invoke(part(), { dc: CDN, connection: 'media' }));
    expect((await Promise.all(calls)).map(({ _ }) => _)).toEqual([
      'upload.cdnFile',
      'upload.cdnFile',
    ]);
    expect(world.names()).toEqual([
      '2 help.getCdnConfig',
      `${CDN} upload.getCdnFile`,
      `${CDN} upload.getCdnFile`,
    ]);
    const { rsaKeys, pfs, dcId } = world.engines[1]!.options;
    expect({ keys: rsaKeys.length, pfs, dcId }).toEqual({ keys: 1, pfs: false, dcId: CDN });
    expect(client.network.store.key(CDN)?.userId).toBe(null);
    // Home, one that made the key, and one for files.
    expect(world.transports.length).toBe(3);
    expect(world.dials.flat().map(({ dcId: id }) => id)).toEqual([2, CDN, CDN]);
  });

  it('may change its key: it is asked for once more', async () => {
    const { world, client } = await withCdn(KEYS[0], KEYS[1]);
    const { engine } = world;
    const refused: unknown[] = [];
    Object.assign(world, {
      engine: (options: FakeEngine['options']) => {
        const made = engine(options);
        if (options.dcId !== CDN) return made;
        const { connected } = made;
        made.connected = (...args) => {
          const { fingerprint } = options.rsaKeys[0]!;
          refused.push(fingerprint);
          // The server knows the second key only.
          if (fingerprint !== refused[0]) return connected.apply(made, args);
          const error = new HandshakeError('unknown-key', 'none of the keys is known');
          made.emit({ type: 'handshake-failed', error, fatal: true });
        };
        return made;
      },
    });
    const other = new FakeClient(world, {
      network: { dataCenters: [...ADDRESSES, { id: CDN, host: 'cdn', port: 443, cdn: true }] },
    });
    await other.network.open();
    await other.caller.ready();
    const file = (): Promise<unknown> => other.caller.invoke(part(), { dc: CDN });
    await expect(file()).rejects.toMatchObject({ code: 'CLOSED' });
    expect(await file()).toMatchObject({ _: 'upload.cdnFile' });
    expect(new Set(refused).size).toBe(2);
    await client.close();
  });

  it('cannot send calls, or the account, elsewhere', async () => {
    const { world, client } = await withCdn(KEYS[0]);
    const { answer } = world;
    world.answer = (asked) =>
      asked.request instanceof upload.GetCdnFileRequest
        ? new Refusal(303, `${asked.dc === CDN ? 'USER' : 'FILE'}_MIGRATE_4`)
        : answer(asked);
    const call = client.caller.invoke(part(), { dc: CDN, connection: 'media' });
    await expect(call).rejects.toMatchObject({ code: 'USER_MIGRATE' });
    expect(client.network.homeDc).toBe(2);
    expect(world.names()).not.toContain('2 auth.exportAuthorization');
  });

  it('is told nothing of the user, and does not say what the time is', async () => {
    const { world, client } = await withCdn(KEYS[0]);
    await client.caller.invoke(part(), { dc: CDN, connection: 'media' });
    // 1: asks for no updates, 2: the connection is to the CDN.
    const prefixes = world.engines.map((engine) => engine.prefixes[0]![0]);
    expect(prefixes).toEqual([0, 3, 3]);
    world.engines[1]!.emit({ type: 'time', offset: 86_400_000 });
    world.transports[1]!.answer({ type: 'acknowledged', call: 99 });
    await settle();
    expect(client.network.serverTime).toBe(world.clock.now().wall);
  });

  it('is not reached with the keys of others', async () => {
    const { world, client } = await withCdn(KEYS[0]);
    const { answer } = world;
    world.answer = (asked) =>
      asked.request instanceof help.GetCdnConfigRequest
        ? new base.CdnConfig({ publicKeys: [] })
        : answer(asked);
    const call = client.caller.invoke(part(), { dc: CDN, connection: 'media' });
    await expect(call).rejects.toMatchObject({ code: 'NO_ADDRESS' });
    expect(world.transports.length).toBe(1);
  });

  it('is none that has other addresses, too', async () => {
    const both = { id: 4, host: 'cdn', port: 443, cdn: true };
    const client = await FakeClient.signedIn(undefined, {
      network: { dataCenters: [...ADDRESSES, both] },
    });
    expect(client.network.isCdn(4)).toBe(false);
    expect(client.network.isCdn(5)).toBe(false);
  });
});
