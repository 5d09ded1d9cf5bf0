import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  headInput,
  probe,
  PROBE_LIMIT,
  SourceInput,
  type Probed,
} from '../../../../../packages/runtime/src/files/media/probe/index.js';
import { RUNS, SEED } from '../../../../support/random.js';
import {
  box,
  bytes,
  gif,
  jpeg,
  moov,
  mp4,
  opus,
  page,
  png,
  u32,
  vorbis,
  webp,
  wideBox,
} from './samples.js';

/** What a whole file tells that can be read anywhere, and how much of it was read. */
async function look(file: Uint8Array): Promise<{ told: Probed; read: number }> {
  let read = 0;
  let at = 0;
  const source = {
    seek: (position: number) => {
      at = position;
    },
    read: (length: number) => {
      const part = file.slice(at, at + length);
      at += part.length;
      read += part.length;
      return Promise.resolve(part);
    },
  };
  return { told: await probe(new SourceInput(source, file.length)), read };
}

const told = async (file: Uint8Array): Promise<Probed> => (await look(file)).told;

/** What its first 4 KiB tell. */
const headTold = (file: Uint8Array): Promise<Probed> =>
  probe(headInput(file.subarray(0, 4096), file.length));

describe('pictures tell their size', () => {
  it.each([
    ['PNG', png(1234, 77)],
    ['GIF', gif(1234, 77)],
    ['JPEG', jpeg(1234, 77)],
    ['JPEG with a picture of a camera before it', jpeg(1234, 77, 60_000)],
    ['WebP, lossy', webp.lossy(1234, 77)],
    ['WebP, lossless', webp.lossless(1234, 77)],
    ['WebP, extended', webp.extended(1234, 77)],
  ])('%s', async (_, file) => {
    expect(await told(file)).toEqual({ width: 1234, height: 77 });
  });

  it('from the first bytes too, where they lie there', async () => {
    expect(await headTold(jpeg(300, 200, 3000))).toEqual({ width: 300, height: 200 });
    expect(await headTold(jpeg(300, 200, 5000))).toEqual({});
  });

  it('but not when it is no size', async () => {
    expect(await told(png(0, 77))).toEqual({});
    expect(await told(png(2 ** 31, 77))).toEqual({});
    expect(await told(gif(3, 0))).toEqual({});
    expect(await told(webp.lossy(9, 9).slice(0, 26))).toEqual({});
    expect(await told(bytes('RIFF', u32(0), 'WEBPXXXX'))).toEqual({});
  });
});

describe('a film tells its size and duration', () => {
  const film = { width: 640, height: 360, duration: 2.5 };

  it.each([
    ['described first', mp4()],
    ['described last', mp4({}, { first: 3_000_000 })],
    ['in the second version of the boxes', mp4({ version: 1 })],
    ['with another scale of time', mp4({ timescale: 90_000, duration: 225_000 })],
    ['in fragments', mp4({ duration: 0, fragments: 2500 })],
    [
      'with a box of 64-bit length',
      bytes(box('ftyp', 'isom'), wideBox('mdat', new Uint8Array(99)), moov({})),
    ],
    ['without ftyp, as QuickTime has it', bytes(box('wide'), box('mdat', [1]), moov({}))],
    [
      'with a last box that has no length',
      bytes(box('ftyp', 'qt  '), moov({}), u32(0), 'mdat', [1, 2]),
    ],
  ])('%s', async (_, file) => {
    expect(await told(file)).toEqual(film);
  });

  it('as it is shown', async () => {
    expect(await told(mp4({ turned: true }))).toEqual({ ...film, width: 360, height: 640 });
  });

  it('without reading the film itself', async () => {
    expect((await look(mp4({}, { first: 5_000_000 }))).read).toBeLessThan(20_000);
  });

  it('from the first bytes, when the description lies there', async () => {
    expect(await headTold(mp4({}, { last: 100_000 }))).toEqual(film);
    expect(await headTold(mp4({}, { first: 100_000 }))).toEqual({});
  });

  it('but not a duration that nobody knew', async () => {
    const size = { width: 640, height: 360 };
    expect(await told(mp4({ duration: 0xffffffff }))).toEqual(size);
    expect(await told(mp4({ timescale: 0 }))).toEqual(size);
    expect(await told(mp4({ timescale: 1, duration: 0xfffffffe }))).toEqual(size);
  });
});

describe('sound in Ogg tells its duration', () => {
  it('Opus: by its last page, without what is skipped', async () => {
    expect(await told(opus(7.25))).toEqual({ codec: 'opus', duration: 7.25 });
    expect(
      await told(bytes(opus(0.5), page(9, 48_312n, new Uint8Array(400_000 % 60_000)))),
    ).toEqual({
      codec: 'opus',
      duration: 1,
    });
  });

  it('Vorbis: by its own rate', async () => {
    expect(await told(vorbis(12, 44_100))).toEqual({ codec: 'vorbis', duration: 12 });
  });

  it('not when the end is not here', async () => {
    const file = bytes(opus(3), new Uint8Array(9000));
    expect(await headTold(file)).toEqual({ codec: 'opus' });
    expect(await headTold(opus(3))).toEqual({ codec: 'opus', duration: 3 });
  });

  it('nothing of other streams', async () => {
    expect(await told(page(1, 0n, bytes('Speex   ', new Uint8Array(80))))).toEqual({});
  });
});

describe('hostile files', () => {
  const files = [
    png(5, 6),
    gif(5, 6),
    jpeg(5, 6, 20),
    webp.lossy(5, 6),
    webp.lossless(5, 6),
    webp.extended(5, 6),
    mp4(),
    mp4({ version: 1, fragments: 5 }, { first: 50 }),
    opus(1),
    vorbis(1, 8000),
  ];
  const sane = ({ width, height, duration }: Probed): boolean =>
    [width, height, duration].every((one) => one === undefined || (one > 0 && one < 1e9));
  /** A file with some bytes changed, cut somewhere, or with something put in. */
  const damaged = fc
    .tuple(
      fc.constantFrom(...files),
      fc.array(fc.tuple(fc.nat(600), fc.integer({ min: 0, max: 255 })), { maxLength: 12 }),
      fc.nat(800),
      fc.uint8Array({ maxLength: 64 }),
      fc.nat(300),
    )
    .map(([file, changes, cut, more, where]) => {
      const changed = file.slice();
      for (const [at, value] of changes) if (at < changed.length) changed[at] = value;
      return bytes(changed.subarray(0, where), more, changed.subarray(where, cut));
    });

  it('are read to an end, and tell something that can be, or nothing', async () => {
    await fc.assert(
      fc.asyncProperty(damaged, async (file) => {
        const { told: whole, read } = await look(file);
        expect(sane(whole)).toBe(true);
        expect(read).toBeLessThanOrEqual(PROBE_LIMIT);
        expect(sane(await headTold(file))).toBe(true);
      }),
      { seed: SEED, numRuns: 2000 * RUNS },
    );
  });

  it('that begin as a known file, and go on as they like', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...files.map((file) => file.slice(0, 12))),
        fc.uint8Array({ maxLength: 3000 }),
        async (start, rest) => {
          expect(sane((await look(bytes(start, rest))).told)).toBe(true);
        },
      ),
      { seed: SEED, numRuns: 500 * RUNS },
    );
  });

  it('of endless small boxes, or of boxes far apart, are given up', async () => {
    const small = new Uint8Array(4_000_000);
    const view = new DataView(small.buffer);
    small.set(bytes(u32(8), 'ftyp'));
    for (let at = 8; at < small.length; at += 8) {
      view.setUint32(at, 8);
      view.setUint32(at + 4, 0x66726565);
    }
    expect((await look(small)).read).toBeLessThanOrEqual(PROBE_LIMIT);
    const far = bytes(
      u32(8),
      'ftyp',
      ...Array.from({ length: 300 }, () => box('free', new Uint8Array(9000))),
      moov({}),
    );
    const { told: nothing, read } = await look(far);
    expect(nothing).toEqual({});
    expect(read).toBeLessThanOrEqual(PROBE_LIMIT);
  });

  it('of boxes that go backwards, or nowhere, are given up', async () => {
    expect(await told(bytes(u32(8), 'ftyp', u32(4), 'moov', u32(0)))).toEqual({});
    expect(await told(bytes(u32(8), 'ftyp', u32(1), 'moov', u32(0xffffffff), u32(9)))).toEqual({});
    expect(await told(bytes(u32(8), 'ftyp', u32(1), 'moov', u32(0), u32(15)))).toEqual({});
  });

  it('of JPEG segments without end are given up', async () => {
    const file = new Uint8Array(3_000_000).fill(0xff);
    file[1] = 0xd8;
    expect((await look(file)).read).toBeLessThanOrEqual(PROBE_LIMIT);
  });

  it('what reading fails with is told', async () => {
    const source = { seek: () => undefined, read: () => Promise.reject(new Error('gone')) };
    await expect(probe(new SourceInput(source, 100))).rejects.toThrow('gone');
  });
});
