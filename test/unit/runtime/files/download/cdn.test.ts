import { base, upload } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { downloadParts } from '../../../../../packages/runtime/src/files/download/index.js';
import type { DownloadContext } from '../../../../../packages/runtime/src/files/download/index.js';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import {
  ClosedError,
  DataCenterError,
  SchemaError,
} from '../../../../../packages/runtime/src/network/errors.js';
import { HandshakeError } from '../../../../../packages/runtime/src/session/errors.js';
import { CDN_DC, collect, content, FakeServer, KiB, MiB, same, type Fault } from './fake-server.js';

const all = content(2 * MiB + 70_000);

const cdnServer = (cdnBlock = 128 * KiB, hashes = 3, bytes = all): FakeServer =>
  new FakeServer({ content: bytes, cdnBlock, hashes });

/** The `count`th request to the CDN, and `times − 1` after it, come to that. */
function faultAt(server: FakeServer, fault: Fault, count: number, times = 1): void {
  let seen = 0;
  server.fault = (name) => {
    if (name !== 'upload.getCdnFile') return undefined;
    const index = seen++;
    return index >= count && index < count + times ? fault : undefined;
  };
}

type Hashes = (real: readonly base.TypeFileHash[]) => base.TypeFileHash[];

function redirectWith(server: FakeServer, hashes: Hashes): void {
  server.redirect = (real) =>
    new upload.FileCdnRedirect({ ...real, fileHashes: hashes(real.fileHashes) });
}

const hash = (offset: number, limit: number, bytes = 32): base.FileHash =>
  new base.FileHash({ offset: BigInt(offset), limit, hash: new Uint8Array(bytes) });

describe('a download that is redirected to a CDN', () => {
  it.each([
    [128 * KiB, 3],
    [128 * KiB, 100],
    [512 * KiB, 1],
    [64 * KiB, 2],
    [4 * KiB, 40],
    [96 * KiB, 3],
    [MiB, 1],
  ])('blocks of %i bytes, %i hashes at a time', async (block, hashes) => {
    for (const parallel of [1, 4]) {
      const server = cdnServer(block, hashes);
      const parts = downloadParts(server.context(), server.file(), { parallel });
      expect(same(await collect(parts), all)).toBe(true);
      expect(server.problems).toEqual([]);
      expect(server.redirects).toBeLessThanOrEqual(parallel);
      expect(server.mostInFlight).toBeLessThanOrEqual(parallel);
    }
  });

  it.each([0, 1, 4095, 128 * KiB - 1, 128 * KiB, 300_000, MiB, 2 * MiB + 1])(
    'from %i on',
    async (start) => {
      for (const length of [1, 16, 5000, 130 * KiB, MiB + 1]) {
        const server = cdnServer();
        const end = start + length;
        const bytes = await collect(downloadParts(server.context(), server.file(), { start, end }));
        expect(same(bytes, all.subarray(start, end))).toBe(true);
        expect(server.problems).toEqual([]);
      }
    },
  );

  it('one part, five requests: nothing more is asked for than blocks of it', async () => {
    const server = cdnServer();
    const range = { start: 512 * KiB + 5, end: 512 * KiB + 200 * KiB };
    await collect(downloadParts(server.context(), server.file(), range));
    expect(server.log.map(({ name, offset, limit }) => [name, offset, limit])).toEqual([
      ['upload.getFile', 512 * KiB, 200 * KiB],
      ['upload.getCdnFile', 512 * KiB, 256 * KiB],
    ]);
  });

  it.each([0, 1, 128 * KiB, MiB, all.length])('unknown size: %i bytes', async (size) => {
    for (const block of [128 * KiB, 4 * KiB]) {
      const bytes = all.slice(0, size);
      const server = cdnServer(block, 3, bytes);
      const file = server.file({ size: undefined });
      expect(same(await collect(downloadParts(server.context(), file)), bytes)).toBe(true);
      expect(server.problems).toEqual([]);
    }
  });

  it('the last hash may be announced for a whole block', async () => {
    const server = cdnServer(128 * KiB, 100);
    const whole: Hashes = (real) =>
      real.map(({ offset, hash }) => new base.FileHash({ offset, limit: 128 * KiB, hash }));
    redirectWith(server, whole);
    expect(same(await collect(downloadParts(server.context(), server.file())), all)).toBe(true);
  });

  it('further into a file than hashes are kept for', async () => {
    const server = cdnServer(128 * KiB, 3, new Uint8Array(72 * MiB));
    const start = 70 * MiB + 5;
    const range = { start, end: start + 100 };
    const bytes = await collect(downloadParts(server.context(), server.file(), range));
    expect(bytes).toHaveLength(100);
    expect(server.hashCalls).toBe(0);
  });

  it('far into a large file: hashes from there on are asked for', async () => {
    const server = cdnServer(128 * KiB, 1);
    redirectWith(server, () => []);
    const start = MiB + 700;
    const bytes = await collect(downloadParts(server.context(), server.file(), { start }));
    expect(same(bytes, all.subarray(start))).toBe(true);
    expect(server.hashCalls).toBeGreaterThan(0);
  });
});

describe('a CDN that is at fault', () => {
  it('wrong bytes once: asked for again, and never given out', async () => {
    const server = cdnServer();
    faultAt(server, 'wrong', 2);
    expect(same(await collect(downloadParts(server.context(), server.file())), all)).toBe(true);
  });

  it('wrong bytes twice: WRONG_HASH, and nothing of the block is given out', async () => {
    const server = cdnServer();
    faultAt(server, 'wrong', 1, 100);
    const parts = downloadParts(server.context(), server.file(), { parallel: 1 });
    let got = 0;
    const read = async (): Promise<void> => {
      for await (const bytes of parts) {
        expect(same(bytes, all.subarray(got, got + bytes.length))).toBe(true);
        got += bytes.length;
      }
    };
    await expect(read()).rejects.toMatchObject({ name: 'FileError', code: 'WRONG_HASH' });
    expect(got).toBe(512 * KiB);
    expect(server.log).toHaveLength(2 + 2);
    expect(server.inFlight).toBe(0);
  });

  it('short once: asked for again; three times: WRONG_SIZE', async () => {
    const once = cdnServer();
    faultAt(once, 'short', 1);
    expect(same(await collect(downloadParts(once.context(), once.file())), all)).toBe(true);
    const always = cdnServer();
    faultAt(always, 'cut', 0, Infinity);
    await expect(
      collect(downloadParts(always.context(), always.file(), { parallel: 1 })),
    ).rejects.toMatchObject({ code: 'WRONG_SIZE' });
    expect(always.log).toHaveLength(1 + 3);
  });

  it('short, unknown size: the hash tells', async () => {
    const server = cdnServer();
    faultAt(server, 'short', 0, Infinity);
    const file = server.file({ size: undefined });
    await expect(collect(downloadParts(server.context(), file))).rejects.toMatchObject({
      code: 'WRONG_HASH',
    });
  });

  it('longer than asked for: WRONG_SIZE', async () => {
    const server = cdnServer();
    faultAt(server, 'long', 0);
    await expect(collect(downloadParts(server.context(), server.file()))).rejects.toMatchObject({
      code: 'WRONG_SIZE',
    });
  });

  it('lost the file: uploaded again, once for all parts', async () => {
    const server = cdnServer(128 * KiB, 100);
    server.delay = () => new Promise((resolve) => setImmediate(resolve));
    const lost = (): boolean => server.reuploads === 0;
    server.fault = (name) => (name === 'upload.getCdnFile' && lost() ? 'reupload' : undefined);
    expect(same(await collect(downloadParts(server.context(), server.file())), all)).toBe(true);
    expect(server.reuploads).toBe(1);
  });

  it('lost the file: who hears of it late does not upload it once more', async () => {
    const server = cdnServer(128 * KiB, 100);
    server.fault = (name) =>
      name === 'upload.getCdnFile' && server.reuploads === 0 ? 'reupload' : undefined;
    let turn = 0;
    const context = server.context({
      invoke: async (request, options) => {
        const answer = await server.invoke(request, options);
        const late = request instanceof upload.GetCdnFileRequest ? (turn++ % 4) * 10 : 0;
        for (let wait = late; wait > 0; wait -= 1) {
          await new Promise((resolve) => setImmediate(resolve));
        }
        return answer;
      },
    });
    expect(same(await collect(downloadParts(context, server.file())), all)).toBe(true);
    expect(server.reuploads).toBe(1);
  });

  it('loses the file for ever: the download goes on without it', async () => {
    const server = cdnServer();
    faultAt(server, 'reupload', 0, Infinity);
    expect(same(await collect(downloadParts(server.context(), server.file())), all)).toBe(true);
    expect(server.reuploads).toBeLessThanOrEqual(4 * 3);
    expect(server.problems).toEqual([]);
  });

  it('cannot be reached: the download goes on without it', async () => {
    const server = cdnServer();
    const context = server.context({
      invoke: (request, options) =>
        options?.dc === CDN_DC
          ? Promise.reject(new DataCenterError(CDN_DC, 'no address'))
          : server.invoke(request, options),
    });
    expect(same(await collect(downloadParts(context, server.file())), all)).toBe(true);
  });

  it.each([1, 3, 4, Infinity])('tokens that are refused %d times', async (times) => {
    const server = cdnServer();
    faultAt(server, 'token', 0, times);
    const parts = downloadParts(server.context(), server.file(), { parallel: 2 });
    expect(same(await collect(parts), all)).toBe(true);
    expect(server.redirects).toBeLessThanOrEqual(10);
    expect(server.problems).toEqual([]);
  });

  it('a master that redirects though it is asked not to: UNSUPPORTED', async () => {
    const server = cdnServer();
    faultAt(server, 'reupload', 0, Infinity);
    const context = server.context({
      invoke: (request, options) => {
        if (request instanceof upload.GetFileRequest) request.cdnSupported = true;
        return server.invoke(request, options);
      },
    });
    await expect(collect(downloadParts(context, server.file()))).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it('a reference that goes stale when the download comes back from the CDN', async () => {
    const server = cdnServer();
    let seen = 0;
    server.fault = (name) => {
      if (name !== 'upload.getCdnFile') return undefined;
      if (seen++ !== 1) return undefined;
      server.reference += 1;
      return 'token';
    };
    expect(same(await collect(downloadParts(server.context(), server.file())), all)).toBe(true);
    expect(server.refreshes).toBe(1);
  });
});

describe('hostile redirects', () => {
  const run = (server: FakeServer): Promise<Uint8Array> =>
    collect(downloadParts(server.context(), server.file()));

  it.each([
    ['encryptionKey', 31],
    ['encryptionKey', 0],
    ['encryptionIv', 15],
    ['encryptionIv', 17],
  ])('%s of %i bytes', async (field, length) => {
    const server = cdnServer();
    server.redirect = (real) =>
      new upload.FileCdnRedirect({ ...real, [field]: new Uint8Array(length) });
    await expect(run(server)).rejects.toMatchObject({ name: 'FileError', code: 'WRONG_KEY' });
    expect(server.log.some(({ name }) => name === 'upload.getCdnFile')).toBe(false);
  });

  it.each([0, -1, 1000, -(2 ** 31)])('data center %i', async (dcId) => {
    const server = cdnServer();
    server.redirect = (real) => new upload.FileCdnRedirect({ ...real, dcId });
    await expect(run(server)).rejects.toMatchObject({ name: 'FileError', code: 'UNSUPPORTED' });
  });

  it.each<[string, base.FileHash[]]>([
    ['overlap', [hash(0, 128 * KiB), hash(64 * KiB, 128 * KiB)]],
    ['overlap, out of order', [hash(64 * KiB, 128 * KiB), hash(0, 128 * KiB)]],
    ['one in another', [hash(0, MiB), hash(64 * KiB, 4 * KiB)]],
    ['of another length', [hash(0, 128 * KiB), hash(0, 64 * KiB)]],
    [
      'contradict',
      [hash(0, 128 * KiB), new base.FileHash({ ...hash(0, 128 * KiB), hash: all.slice(0, 32) })],
    ],
    ['negative limit', [hash(0, -1)]],
    ['no limit', [hash(0, 0)]],
    ['huge limit', [hash(0, 2 ** 31 - 1)]],
    ['negative offset', [hash(-4096, 4096)]],
    ['huge offset', [new base.FileHash({ ...hash(0, 1), offset: 2n ** 62n })]],
    ['odd offset', [hash(1, 4096)]],
    ['short hash', [hash(0, 128 * KiB, 31)]],
  ])('hashes: %s', async (_, hashes) => {
    const server = cdnServer();
    redirectWith(server, () => hashes);
    await expect(run(server)).rejects.toMatchObject({ name: 'FileError', code: 'WRONG_HASH' });
    expect(server.inFlight).toBe(0);
  });

  it('hashes with a gap that is never filled', async () => {
    const server = cdnServer();
    redirectWith(server, (real) => real.filter(({ offset }) => offset !== 0n));
    server.hashesFrom = () => [];
    await expect(run(server)).rejects.toMatchObject({ code: 'WRONG_HASH' });
    const unknown = cdnServer();
    redirectWith(unknown, (real) => [...real]);
    unknown.hashesFrom = (offset) => (offset === 0 ? [hash(256 * KiB, 4096)] : []);
    const file = unknown.file({ size: undefined });
    await expect(collect(downloadParts(unknown.context(), file))).rejects.toMatchObject({
      code: 'WRONG_HASH',
    });
  });

  it('hashes that come nearer by a byte each time are not asked for on and on', async () => {
    const server = cdnServer();
    redirectWith(server, () => []);
    let reach = 0;
    // Of bytes before the range: they are not kept, so that they cannot contradict each other.
    server.hashesFrom = () => [hash(0, ++reach)];
    const parts = downloadParts(server.context(), server.file(), { start: 900 * KiB, parallel: 1 });
    await expect(collect(parts)).rejects.toMatchObject({ code: 'WRONG_HASH' });
    expect(server.hashCalls).toBeLessThan(600);
  });

  it('hashes of other bytes: WRONG_HASH', async () => {
    const server = cdnServer();
    redirectWith(server, () => [hash(0, 128 * KiB)]);
    await expect(run(server)).rejects.toMatchObject({ code: 'WRONG_HASH' });
  });
});

describe('a CDN that cannot be reached', () => {
  const handshake = new HandshakeError('unknown-key', 'none of the keys is known');
  it.each([
    ['has another key', new ClosedError(handshake)],
    ['has keys that nobody tells', new RpcError(500, 'INTERNAL', 'help.getCdnConfig')],
    ['is unknown to the layer', new SchemaError('help.getCdnConfig', 75)],
  ])('since it %s: the file comes from its data center', async (_, error) => {
    const server = cdnServer();
    const invoke: DownloadContext['invoke'] = (request, options) =>
      request._ === 'upload.getCdnFile' ? Promise.reject(error) : server.invoke(request, options);
    const parts = downloadParts(server.context({ invoke }), server.file());
    expect(same(await collect(parts), all)).toBe(true);
  });

  it('since the client was closed: that is what is told', async () => {
    const server = cdnServer();
    const invoke: DownloadContext['invoke'] = (request, options) =>
      request._ === 'upload.getCdnFile'
        ? Promise.reject(new ClosedError())
        : server.invoke(request, options);
    const parts = downloadParts(server.context({ invoke }), server.file());
    await expect(collect(parts)).rejects.toMatchObject({ code: 'CLOSED' });
  });
});
