import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  adopting,
  noteStreams,
  openSource,
} from '../../../../../packages/runtime/src/files/source/index.js';

const context = { proxied: false };
const failure = new Error('nothing to send it to');
const fail = (): Promise<never> => Promise.reject(failure);

/** Everything a process ends for when nobody listens. */
const stray: unknown[] = [];
const note = (error: unknown): void => void stray.push(error);
beforeEach(() => {
  stray.length = 0;
  process.on('unhandledRejection', note);
  process.on('uncaughtException', note);
});
afterEach(async () => {
  await turn();
  await turn();
  process.off('unhandledRejection', note);
  process.off('uncaughtException', note);
  expect(stray).toEqual([]);
});

/** Streams that have not begun, and how each tells that it was ended. */
function streams(): Record<string, { source: object; ended: () => unknown }> {
  let cancelled = false;
  const node = new Readable({ read() {} });
  const web = new ReadableStream<Uint8Array>({
    cancel() {
      cancelled = true;
    },
  });
  const generator = (async function* (): AsyncGenerator<Uint8Array> {
    yield Uint8Array.of(1);
  })();
  return {
    'Node stream': { source: node, ended: () => node.destroyed },
    'web stream': { source: web, ended: () => cancelled && !web.locked },
    generator: { source: generator, ended: async () => (await generator.next()).done },
  };
}

const places: Record<string, (source: object) => unknown> = {
  'a source': (source) => source,
  'a file of media': (file) => ({ type: 'video', file }),
  'a thumbnail': (thumb) => ({ type: 'video', file: 'a.mp4', thumb }),
  'a cover': (cover) => ({ type: 'video', file: 'a.mp4', cover }),
  'an item of an album': (media) => ({ media, caption: 'a' }),
  'a file in an item': (file) => ({ media: { type: 'document', file }, caption: 'a' }),
};

describe('streams that were handed in', () => {
  for (const place of Object.keys(places)) {
    it.each(['Node stream', 'web stream', 'generator'])(
      `a %s, as ${place}, is ended when it was not opened`,
      async (name) => {
        for (const work of [fail, () => Promise.resolve(5)]) {
          const { source, ended } = streams()[name]!;
          const done = adopting(['me', null, 5, places[place]!(source)], work);
          await (work === fail ? expect(done).rejects.toBe(failure) : done);
          expect(await ended()).toBe(true);
        }
      },
    );
  }

  it('of Node may fail before they are opened, and are told of then', async () => {
    const missing = createReadStream('/missing/file');
    const legacy = new Readable({ autoDestroy: false, read() {} });
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const reading = adopting([missing], async () => {
      await opened;
      const source = await openSource(missing, context);
      try {
        return await source.read(5);
      } finally {
        await source.close();
      }
    });
    const outcome = expect(reading).rejects.toMatchObject({ code: 'ENOENT' });
    await new Promise<void>((resolve) => void missing.once('close', resolve));
    open();
    await outcome;

    // One that does not remember it by itself.
    const told = adopting([legacy], async () => {
      legacy.emit('error', failure);
      const source = await openSource(legacy, context);
      await source.read(5).finally(() => source.close());
    });
    await expect(told).rejects.toBe(failure);
    expect(legacy.destroyed).toBe(true);
  });

  it('may fail though nobody ever opens them', async () => {
    const missing = createReadStream('/missing/file');
    await expect(adopting([missing], fail)).rejects.toBe(failure);
    await turn();
    missing.emit('error', new Error('late'));
  });

  it('are left to who reads them', async () => {
    const stream = Readable.from([Uint8Array.of(1, 2)], { autoDestroy: false });
    const source = await adopting([stream], () => openSource(stream, context));
    expect(stream.destroyed).toBe(false);
    expect(await source.read(5)).toEqual(Uint8Array.of(1, 2));
    await source.close();
  });

  it('are left when somebody else reads them, and when they only can be', async () => {
    const web = streams()['web stream']!;
    (web.source as ReadableStream).getReader();
    let begun = false;
    const iterable = { [Symbol.asyncIterator]: () => ((begun = true), streams()['generator']) };
    await expect(adopting([web.source, iterable], fail)).rejects.toBe(failure);
    expect(web.ended()).toBe(false);
    expect(begun).toBe(false);
  });

  it('have one listener, however often they are handed in', async () => {
    const stream = new Readable({ read() {} });
    await adopting([stream, { type: 'document', file: stream }], () =>
      adopting([stream], async () => {
        expect(stream.listenerCount('error')).toBe(1);
      }),
    );
  });

  it('are not looked for in objects of TL', async () => {
    const { source, ended } = streams()['web stream']!;
    await adopting([{ _: 'message', media: source }], () => Promise.resolve());
    expect(await ended()).toBe(false);
  });
});

it('a stream that fails before anybody has looked at it does not end the process', async () => {
  const stream = createReadStream('/there is no such file');
  noteStreams({ type: 'video', file: stream });
  await new Promise<void>((resolve) => stream.once('close', () => resolve()));
  // Who opens it is told.
  const opened = openSource(stream, context).then((source) => source.read(10));
  await expect(opened).rejects.toMatchObject({ code: 'ENOENT' });
});
