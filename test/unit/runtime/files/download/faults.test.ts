import { base, storage, upload } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import { FileError } from '../../../../../packages/runtime/src/files/errors.js';
import { downloadParts } from '../../../../../packages/runtime/src/files/download/index.js';
import { collect, content, FakeServer, KiB, MiB, same, type Fault } from './fake-server.js';

const all = content(2 * MiB + 100);

/** The named parts fail that way, each the first `times` times. */
function failing(server: FakeServer, fault: Fault, offsets: readonly number[], times = 1): void {
  const counts = new Map<number, number>();
  server.fault = () => {
    const { offset } = server.log.at(-1)!;
    const count = (counts.get(offset) ?? 0) + 1;
    counts.set(offset, count);
    return offsets.includes(offset) && count <= times ? fault : undefined;
  };
}

describe('parts of a wrong size', () => {
  it.each(['short', 'cut'] as const)('%s: asked for again', async (fault) => {
    const server = new FakeServer({ content: all });
    failing(server, fault, [0, MiB, 2 * MiB], 2);
    expect(same(await collect(downloadParts(server.context(), server.file())), all)).toBe(true);
    expect(server.log).toHaveLength(5 + 3 * 2);
  });

  it('short three times: WRONG_SIZE says where', async () => {
    const server = new FakeServer({ content: all });
    failing(server, 'short', [512 * KiB], 3);
    const error = collect(downloadParts(server.context(), server.file()));
    await expect(error).rejects.toMatchObject({ name: 'FileError', code: 'WRONG_SIZE' });
    await expect(error).rejects.toThrow(/At byte 524288 the server sent 524287 bytes; 524288/);
    expect(server.inFlight).toBe(0);
  });

  it.each([0, 2 * MiB])('longer than asked for, at %i: WRONG_SIZE', async (offset) => {
    const server = new FakeServer({ content: all });
    failing(server, 'long', [offset]);
    const error = collect(downloadParts(server.context(), server.file()));
    await expect(error).rejects.toMatchObject({ code: 'WRONG_SIZE' });
  });

  it('a file that is longer than it should be: WRONG_SIZE', async () => {
    const server = new FakeServer({ content: all });
    const file = server.file({ size: all.length - 1 });
    const error = collect(downloadParts(server.context(), file));
    await expect(error).rejects.toMatchObject({ code: 'WRONG_SIZE' });
  });

  it('a file that is shorter than it should be: WRONG_SIZE, after all that is there', async () => {
    const server = new FakeServer({ content: all });
    const parts = downloadParts(server.context(), server.file({ size: 3 * MiB }));
    let got = 0;
    const read = async (): Promise<void> => {
      for await (const bytes of parts) got += bytes.length;
    };
    await expect(read()).rejects.toMatchObject({ code: 'WRONG_SIZE' });
    expect(got).toBe(2 * MiB);
  });

  it('longer than asked for while nobody knows the size: WRONG_SIZE', async () => {
    const server = new FakeServer({ content: content(5) });
    failing(server, 'long', [0]);
    const file = server.file({ size: undefined });
    // One byte more than the file is still less than was asked for: nobody can tell.
    expect(await collect(downloadParts(server.context(), file))).toHaveLength(6);
    const large = new FakeServer({ content: all });
    failing(large, 'long', [0]);
    const error = collect(downloadParts(large.context(), large.file({ size: undefined })));
    await expect(error).rejects.toMatchObject({ code: 'WRONG_SIZE' });
  });
});

describe('a file at another data center', () => {
  it('is asked for there when its data center is known', async () => {
    const server = new FakeServer({ content: all, dc: 4 });
    const file = server.file({ dc: 4 });
    expect(same(await collect(downloadParts(server.context(), file)), all)).toBe(true);
    expect(server.log.every(({ dc }) => dc === 4)).toBe(true);
  });

  it('FILE_MIGRATE is met once, not for every part', async () => {
    const server = new FakeServer({ content: all, dc: 4 });
    const parts = downloadParts(server.context(), server.file(), { parallel: 1 });
    expect(same(await collect(parts), all)).toBe(true);
    expect(server.log.map(({ dc }) => dc)).toEqual([2, 2, 4, 4, 4, 4]);
    expect(server.log[1]?.name).toBe('moved upload.getFile');
  });
});

describe('stale references', () => {
  it.each([1, 4, 32])('are refreshed once for all of %i parts', async (parallel) => {
    const server = new FakeServer({ content: all });
    const file = server.file();
    server.reference = 2;
    const bytes = await collect(downloadParts(server.context(), file, { parallel }));
    expect(same(bytes, all)).toBe(true);
    expect(server.refreshes).toBe(1);
    expect(server.mostInFlight).toBeLessThanOrEqual(parallel);
  });

  it('and again when they go stale in the middle', async () => {
    const server = new FakeServer({ content: all });
    failing(server, 'stale', [512 * KiB, MiB, 2 * MiB]);
    const parts = downloadParts(server.context(), server.file(), { parallel: 2 });
    expect(same(await collect(parts), all)).toBe(true);
    expect(server.refreshes).toBe(3);
  });

  it('a fourth refresh is not made', async () => {
    const server = new FakeServer({ content: all });
    server.fault = (name) => (name === 'upload.getFile' ? 'stale' : undefined);
    const error = collect(downloadParts(server.context(), server.file()));
    await expect(error).rejects.toMatchObject({ code: 'REFERENCE_EXPIRED' });
    await expect(error).rejects.toHaveProperty('cause.code', 'FILE_REFERENCE_EXPIRED');
    expect(server.refreshes).toBe(3);
    expect(server.inFlight).toBe(0);
  });

  it.each([
    [400, 'FILE_REFERENCE_0_EXPIRED'],
    [400, 'FILE_REFERENCE_INVALID'],
    [400, 'FILE_REFERENCE_EMPTY'],
    [406, 'FILEREF_UPGRADE_NEEDED'],
  ])('%i %s is such an error', async (number, raw) => {
    const server = new FakeServer({ content: content(10) });
    let first = true;
    const context = server.context({
      invoke: (request, options) => {
        if (!first) return server.invoke(request, options);
        first = false;
        return Promise.reject(new RpcError(number, raw, request._));
      },
    });
    expect(await collect(downloadParts(context, server.file()))).toHaveLength(10);
    expect(server.refreshes).toBe(1);
  });

  it('what the refresh rejects with ends the download', async () => {
    const server = new FakeServer({ content: all });
    const file = server.file();
    server.reference = 2;
    const gone = new FileError('REFERENCE_EXPIRED', 'the message is gone');
    server.refresh = () => Promise.reject(gone);
    await expect(collect(downloadParts(server.context(), file))).rejects.toBe(gone);
    expect(server.refreshes).toBe(1);
    expect(server.inFlight).toBe(0);
  });

  it('another file in the place of the first is not mixed with it', async () => {
    const server = new FakeServer({ content: all });
    const file = server.file();
    server.reference = 2;
    server.refresh = () => Promise.resolve(server.file({ identity: 'another' }));
    const error = collect(downloadParts(server.context(), file));
    await expect(error).rejects.toMatchObject({ code: 'REFERENCE_EXPIRED' });
  });

  it('a refresh that gives the same back does not go on for ever', async () => {
    const server = new FakeServer({ content: all });
    const file = server.file();
    server.reference = 2;
    server.refresh = (same) => Promise.resolve(same);
    const error = collect(downloadParts(server.context(), file));
    await expect(error).rejects.toMatchObject({ code: 'REFERENCE_EXPIRED' });
    expect(server.refreshes).toBe(3);
  });

  it('the data center that the fresh one names is gone to', async () => {
    const server = new FakeServer({ content: content(10), dc: 5 });
    const file = server.file({ dc: 5 });
    server.reference = 2;
    server.refresh = (stale) => {
      (server.given as { dc: number }).dc = 3;
      return Promise.resolve({ ...stale, dc: 3, location: server.location() });
    };
    expect(await collect(downloadParts(server.context(), file))).toHaveLength(10);
    expect(server.log.map(({ dc }) => dc)).toEqual([5, 3]);
  });
});

describe('other errors', () => {
  it('end the download, after the parts before', async () => {
    const server = new FakeServer({ content: all });
    failing(server, 'fail', [MiB], Infinity);
    const parts = downloadParts(server.context(), server.file());
    let got = 0;
    const read = async (): Promise<void> => {
      for await (const bytes of parts) got += bytes.length;
    };
    await expect(read()).rejects.toMatchObject({ name: 'RpcError', code: 'INTERNAL' });
    expect(got).toBe(MiB);
    expect(server.inFlight).toBe(0);
    expect(await parts.next()).toEqual({ done: true, value: undefined });
  });

  it('what onProgress throws does as well', async () => {
    const server = new FakeServer({ content: all });
    const thrown = new Error('enough');
    const onProgress = (): void => {
      throw thrown;
    };
    const parts = downloadParts(server.context(), server.file(), { onProgress });
    await expect(collect(parts)).rejects.toBe(thrown);
    expect(server.inFlight).toBe(0);
  });

  it('a schema without the method is told', async () => {
    const server = new FakeServer({ content: all });
    const { schema } = server.context();
    const context = server.context({ schema: { ...schema, method: () => undefined } });
    await expect(collect(downloadParts(context, server.file()))).rejects.toMatchObject({
      code: 'NOT_IN_SCHEMA',
    });
  });

  it('photos and other locations go as they are', async () => {
    const server = new FakeServer({ content: content(3) });
    const location = new base.InputPhotoFileLocation({
      id: 1n,
      accessHash: 2n,
      fileReference: new Uint8Array([1]),
      thumbSize: 'x',
    });
    expect(await collect(downloadParts(server.context(), server.file({ location })))).toHaveLength(
      3,
    );
  });
});

describe('what has no end', () => {
  it('references that expire again and again, and are taken in between, do not end a download', async () => {
    const server = new FakeServer({ content: content(6 * MiB) });
    server.fault = (_, count) => (count % 3 === 2 ? 'stale' : undefined);
    const parts = downloadParts(server.context(), server.file(), { parallel: 1 });
    expect(same(await collect(parts), server.given.content)).toBe(true);
    expect(server.refreshes).toBeGreaterThan(3);
  });

  it('a file of unknown size ends where Telegram has no larger ones: WRONG_SIZE', async () => {
    const bytes = new Uint8Array(512 * KiB);
    const answer = new upload.File({ type: new storage.FileUnknown(), mtime: 0, bytes });
    const server = new FakeServer({ content: all });
    const context = server.context({ invoke: () => Promise.resolve(answer as never) });
    const drain = async (): Promise<number> => {
      let length = 0;
      for await (const part of downloadParts(context, server.file({ size: undefined })))
        length += part.length;
      return length;
    };
    await expect(drain()).rejects.toMatchObject({ code: 'WRONG_SIZE' });
  });
});
