import { describe, expect, it, vi } from 'vitest';
import { AbortError, RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import {
  uploadEncrypted,
  uploadFile,
} from '../../../../../packages/runtime/src/files/upload/index.js';
import { Random, RUNS } from '../../../../support/random.js';
import { OneFile, stream as streamOf, type Watched } from './support/content.js';
import { fakeContext as contextOf, type Fake, type FakeOptions } from './support/fake-context.js';
import { SERVER_LIMITS, SMALL_LIMITS } from './support/small-limits.js';

vi.mock('../../../../../packages/runtime/src/files/upload/limits.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('./support/small-limits.js')).SMALL_LIMITS,
}));

const PART = SMALL_LIMITS.PART_SIZE;
const fakeContext = (options: FakeOptions = {}): Promise<Fake> =>
  contextOf({ ...options, limits: SERVER_LIMITS });
const stream = (bytes: Uint8Array, watched?: Watched, chunk = 300): AsyncIterable<Uint8Array> =>
  streamOf(bytes, watched, chunk);

const UPLOADS = [
  ['plain', uploadFile],
  ['encrypted', uploadEncrypted],
] as const;
const bytes = new Random(9).bytes(6 * PART + 100);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe.each(UPLOADS)('an upload that fails, %s', (_, upload) => {
  it('ends with the error of any part, and ends the others', async () => {
    for (let index = 0; index < 7; index += 1) {
      const { context, server } = await fakeContext({ seed: index });
      const error = new RpcError(400, 'FILE_PART_INVALID', 'upload.saveFilePart');
      server.before = async (call) => {
        if (call.index === index) throw error;
        await turn();
      };
      const watched = { given: 0, closed: 0 };
      await expect(upload(context, stream(bytes, watched))).rejects.toBe(error);
      expect(watched.closed).toBe(1);
      await turn();
      const { length } = server.calls;
      await turn();
      expect([server.inFlight, server.calls.length]).toEqual([0, length]);
    }
  });

  it('passes on what is too much for this account', async () => {
    const { context, server } = await fakeContext();
    const error = new RpcError(400, 'FILE_PARTS_INVALID', 'upload.saveBigFilePart');
    server.before = () => Promise.reject(error);
    await expect(upload(context, bytes)).rejects.toBe(error);
  });

  it('sends a part again that the server answers with false, and gives up in the end', async () => {
    const { context, server } = await fakeContext();
    let refused = 0;
    server.answer = ({ index }) => index !== 3 || ++refused > 2;
    const sent = await upload(context, bytes);
    expect(server.contentOf(sent.inputFile).length).toBeGreaterThanOrEqual(bytes.length);
    expect(server.calls.filter(({ index }) => index === 3).length).toBe(3);
    server.answer = ({ index }) => index !== 3;
    server.calls.length = 0;
    await expect(upload(context, bytes)).rejects.toMatchObject({
      name: 'FileError',
      code: 'REFUSED',
      message: expect.stringContaining('part 3'),
    });
    expect(server.calls.filter(({ index }) => index === 3).length).toBe(3);
  });

  it('ends with what onProgress throws', async () => {
    for (let at = 0; at < 7; at += 1) {
      const { context } = await fakeContext({ seed: at });
      const error = new Error('stop');
      let told = 0;
      const onProgress = (): void => {
        told += 1;
        if (told > at) throw error;
      };
      const watched = { given: 0, closed: 0 };
      await expect(upload(context, stream(bytes, watched), { onProgress })).rejects.toBe(error);
      await turn();
      expect([told, watched.closed]).toEqual([at + 1, 1]);
    }
  });

  it('ends with what the source fails with, at any byte', async () => {
    const random = new Random(3);
    for (let run = 0; run < 8 * RUNS; run += 1) {
      const { context, server } = await fakeContext({ seed: run });
      const error = new Error('the disk is gone');
      const until = random.below(bytes.length);
      const failing = async function* (): AsyncGenerator<Uint8Array, void> {
        yield* stream(bytes.slice(0, until));
        throw error;
      };
      await expect(upload(context, failing())).rejects.toBe(error);
      await turn();
      expect(server.inFlight).toBe(0);
    }
  });

  it('refuses streams that are not as long as they are said to be', async () => {
    for (const size of [1, PART, bytes.length - 1, bytes.length + 1, 99 * PART]) {
      const { context } = await fakeContext();
      const sent = upload(context, stream(bytes), { size });
      await expect(sent).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    }
  });

  it('gives files back', async () => {
    const file = new OneFile('/a/b.bin', bytes);
    const { context, server } = await fakeContext({ fileSystem: file.fileSystem });
    const sent = await upload(context, file.path);
    expect([sent.name, file.opened]).toEqual(['b.bin', 0]);
    server.before = () => Promise.reject(new Error('no'));
    await expect(upload(context, file.path)).rejects.toThrow('no');
    expect(file.opened).toBe(0);
    await expect(upload(context, 17 as unknown as string)).rejects.toMatchObject({
      code: 'BAD_SOURCE',
    });
  });
});

describe.each(UPLOADS)('an upload that is given up, %s', (_, upload) => {
  /** Aborts at the n-th thing that happens. @returns whether it came to that. */
  async function abortAt(moment: number): Promise<boolean> {
    const { context, server } = await fakeContext({ seed: moment });
    const controller = new AbortController();
    let happened = 0;
    const step = (): void => {
      if (happened++ === moment) controller.abort(new Error('enough'));
    };
    server.before = async () => {
      step();
      await turn();
      step();
    };
    const watched: Watched = { given: 0, closed: 0 };
    const source = async function* (): AsyncGenerator<Uint8Array, void> {
      for await (const chunk of stream(bytes, watched, PART)) {
        step();
        yield chunk;
        step();
      }
    };
    const { signal } = controller;
    let after = 0;
    const onProgress = (): void => {
      if (signal.aborted) after += 1;
      step();
    };
    const outcome = await upload(context, source(), { signal, onProgress }).then(
      () => null,
      (error: unknown) => error,
    );
    if (outcome !== null) expect(outcome).toBeInstanceOf(AbortError);
    else expect(happened === moment + 1 || !signal.aborted).toBe(true);
    await turn();
    const { length } = server.calls;
    await turn();
    expect([server.inFlight, server.calls.length - length, after]).toEqual([0, 0, 0]);
    if (watched.given > 0) expect(watched.closed).toBe(1);
    return signal.aborted;
  }

  it('ends at once, at any moment', async () => {
    let moment = 0;
    while (await abortAt(moment)) moment += 1;
    expect(moment).toBeGreaterThan(28);
  });

  it('ends before it begins', async () => {
    const { context, server } = await fakeContext();
    const sent = upload(context, bytes, { signal: AbortSignal.abort() });
    await expect(sent).rejects.toBeInstanceOf(AbortError);
    expect(server.calls).toEqual([]);
  });

  it('ends though the source or the server never answers', async () => {
    const never = new Promise<never>(() => {});
    const silent = async function* (): AsyncGenerator<Uint8Array, void> {
      yield bytes.slice(0, 3 * PART);
      await never;
    };
    const { context, server } = await fakeContext();
    for (const [source, before] of [
      [silent(), () => undefined],
      [bytes, () => never],
    ] as const) {
      server.before = before;
      const controller = new AbortController();
      const sent = upload(context, source, { signal: controller.signal });
      for (let at = 0; at < 30; at += 1) await turn();
      controller.abort();
      await expect(sent).rejects.toBeInstanceOf(AbortError);
    }
    await turn();
    expect(server.inFlight).toBe(0);
  });

  it('closes a source that opens too late', async () => {
    let open = (): void => {};
    const file = new OneFile('/late', bytes);
    const { fileSystem } = file;
    const { context } = await fakeContext({
      fileSystem: {
        ...fileSystem,
        open: async (path, mode) => {
          await new Promise<void>((resolve) => (open = resolve));
          return fileSystem.open(path, mode);
        },
      },
    });
    const controller = new AbortController();
    const sent = upload(context, '/late', { signal: controller.signal });
    await turn();
    controller.abort();
    await expect(sent).rejects.toBeInstanceOf(AbortError);
    open();
    await turn();
    expect(file.opened).toBe(0);
  });
});
