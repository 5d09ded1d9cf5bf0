import { beforeEach, describe, expect, it, vi } from 'vitest';
import { RpcError } from '../../../../../packages/runtime/src/core/errors.js';
import {
  uploadEncrypted,
  uploadFile,
} from '../../../../../packages/runtime/src/files/upload/index.js';
import type { Progress } from '../../../../../packages/runtime/src/files/types.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/storage/memory.js';
import { Random, RUNS } from '../../../../support/random.js';
import { decryptsTo } from '../encrypted/independent.js';
import { OneFile, stream } from './support/content.js';
import { fakeContext, type Fake } from './support/fake-context.js';
import { FakeServer } from './support/fake-server.js';
import { SERVER_LIMITS, SMALL_LIMITS } from './support/small-limits.js';

vi.mock('../../../../../packages/runtime/src/files/upload/limits.js', async (original) => ({
  ...(await original<object>()),
  ...(await import('./support/small-limits.js')).SMALL_LIMITS,
}));

const PART = SMALL_LIMITS.PART_SIZE;
const random = new Random(2024);
const CONTENTS = {
  small: random.bytes(6 * PART + 77),
  'small, whole parts': random.bytes(8 * PART),
  big: random.bytes(12 * PART + 5),
  'big, whole parts': random.bytes(11 * PART),
};

class Cut extends Error {}

/** One client after the other, with one storage and one server. */
class World {
  readonly storage = new MemoryStorage();
  readonly server: FakeServer;
  readonly file: OneFile;
  now = 1_700_000_000_000;
  private fake: Fake | null = null;

  constructor(
    public bytes: Uint8Array,
    readonly encrypted: boolean,
    readonly kind: 'bytes' | 'path' | 'stream',
    seed = 1,
  ) {
    this.server = new FakeServer(new Random(seed), SERVER_LIMITS);
    this.file = new OneFile('/files/f.bin', bytes);
  }

  async client(saveInterval = 0): Promise<Fake> {
    await this.fake?.store.close();
    const { storage, server, file } = this;
    this.fake = await fakeContext({ storage, server, fileSystem: file.fileSystem, saveInterval });
    this.fake.clock.now = this.now;
    return this.fake;
  }

  /** Uploads all of it, and checks what has arrived. @param cutAfter - parts that are acknowledged before it is cut off. */
  async upload(cutAfter = Number.POSITIVE_INFINITY, key = 'u'): Promise<bigint> {
    const { context } = await this.client();
    return this.uploadWith(context, cutAfter, key);
  }

  async uploadWith(
    context: Fake['context'],
    cutAfter = Number.POSITIVE_INFINITY,
    key = 'u',
  ): Promise<bigint> {
    const { bytes, server, kind } = this;
    const from = server.saved.length;
    this.file.bytes = bytes;
    let taken = 0;
    server.before = async () => {
      if (taken++ < cutAfter) return;
      // Those before it are answered first.
      while (server.saved.length - from < cutAfter) await undefined;
      throw new Cut('cut');
    };
    const told: Progress[] = [];
    const options = { resume: key, onProgress: (one: Progress) => told.push(one) };
    const source = { bytes, path: this.file.path, stream: stream(bytes) }[kind];
    let id: bigint;
    if (this.encrypted) {
      const sent = await uploadEncrypted(context, source, options);
      id = sent.inputFile.id;
      const cipher = server.contentOf(sent.inputFile);
      expect(decryptsTo(cipher, bytes, sent.key, sent.iv)).toBe(true);
    } else {
      const sent = await uploadFile(context, source, options);
      id = sent.inputFile.id;
      expect(server.contentOf(sent.inputFile).equals(bytes)).toBe(true);
      expect(sent.head).toEqual(bytes.slice(0, SMALL_LIMITS.HEAD_SIZE));
    }
    expect(told.filter(({ percent }) => percent === 100)).toEqual([told.at(-1)]);
    expect(told.at(-1)).toMatchObject({ done: bytes.length, total: bytes.length });
    expect(await this.kept()).toEqual([]);
    return id;
  }

  /** Names of what is on disk. */
  async kept(): Promise<string[]> {
    const all = [];
    for (const space of ['upload', 'upload-parts']) {
      for (const [key] of await this.storage.list(space)) all.push(`${space} ${key}`);
    }
    return all.sort();
  }

  sentIndexes(from: number): number[] {
    return this.server.calls.slice(from).map(({ index }) => index);
  }
}

const KINDS = ['bytes', 'path', 'stream'] as const;
const WORLDS = KINDS.flatMap((kind) =>
  [false, true].flatMap((encrypted) =>
    Object.keys(CONTENTS).map((size) => [kind, encrypted ? 'encrypted' : 'plain', size] as const),
  ),
);

describe.each(WORLDS)('an upload of a source (%s, %s, %s) that was cut off', (kind, how, size) => {
  const bytes = CONTENTS[size as keyof typeof CONTENTS];
  const parts = Math.ceil(bytes.length / PART);

  it('sec/file: goes on after every part, and sends no part twice', async () => {
    for (let cut = 0; cut < parts; cut += 1) {
      const world = new World(bytes, how === 'encrypted', kind, cut);
      await expect(world.upload(cut)).rejects.toThrow(Cut);
      const arrived = world.server.saved.map(({ index }) => index);
      const kept = world.server.saved[0]?.fileId;
      const from = world.server.calls.length;
      const id = await world.upload();
      if (kept !== undefined) expect(id).toBe(kept);
      const again = world.sentIndexes(from);
      expect([...arrived, ...again].sort((a, b) => a - b)).toEqual(
        Array.from({ length: parts }, (_, index) => index),
      );
    }
  });

  it('goes on as often as it is cut off', async () => {
    for (let run = 0; run < 3 * RUNS; run += 1) {
      const world = new World(bytes, how === 'encrypted', kind, 100 + run);
      let cuts = 0;
      for (; ; cuts += 1) {
        const done = await world.upload(1 + random.below(3)).catch((error: unknown) => error);
        if (typeof done === 'bigint') break;
        expect(done).toBeInstanceOf(Cut);
      }
      expect(cuts).toBeGreaterThan(0);
      expect(world.server.files.size).toBe(1);
      expect(world.server.saved.length).toBe(parts);
    }
  });
});

describe('a file that is seekable and has a version', () => {
  it.each([false, true])(
    'is not read where its parts are done (encrypted: %s)',
    async (encrypted) => {
      const world = new World(CONTENTS.big, encrypted, 'path');
      world.server.answer = () => true;
      const { context } = await world.client();
      world.server.before = ({ index }) => {
        if (index >= 9) throw new Cut('cut');
      };
      const options = { resume: 'u', parallel: 1 };
      const upload = encrypted ? uploadEncrypted : uploadFile;
      await expect(upload(context, world.file.path, options)).rejects.toThrow(Cut);
      world.file.read.length = 0;
      await world.upload();
      const positions = world.file.read.map(({ position }) => position / PART);
      expect(positions).toEqual([0, 9, 10, 11, 12]);
    },
  );

  it('begins anew when it was written to', async () => {
    const world = new World(CONTENTS.big, false, 'path');
    await expect(world.upload(5)).rejects.toThrow(Cut);
    const before = world.server.saved[0]!.fileId;
    world.bytes = CONTENTS.big.slice();
    world.bytes[3 * PART]! ^= 1;
    world.file.modified += 1;
    expect(await world.upload()).not.toBe(before);
  });
});

describe('another source under the same name', () => {
  let world: World;
  let before: bigint;
  const cutOff = async (kind: World['kind'], encrypted = false, cut = 5): Promise<void> => {
    world = new World(CONTENTS.big, encrypted, kind);
    await expect(world.upload(cut)).rejects.toThrow(Cut);
    before = world.server.saved[0]!.fileId;
  };

  it.each(KINDS)('begins anew when its first part differs (%s)', async (kind) => {
    await cutOff(kind);
    world.bytes = CONTENTS.big.slice();
    world.bytes[PART - 1]! ^= 1;
    expect(await world.upload()).not.toBe(before);
  });

  it.each(KINDS)('begins anew when its size differs, or from small to big (%s)', async (kind) => {
    for (const size of [CONTENTS.big.length - 1, 7 * PART]) {
      await cutOff(kind, false, 1);
      world.bytes = CONTENTS.big.slice(0, size);
      const sent = await world.upload().catch((error: unknown) => error);
      // Of a stream whose size nobody knows, no less is known than that the part is another one.
      if (kind !== 'stream' || size === 7 * PART) expect(sent).not.toBe(before);
      expect(typeof sent).toBe('bigint');
    }
  });

  it.each(['bytes', 'stream'] as const)(
    'is found out when a later part differs; the next upload begins anew (%s)',
    async (kind) => {
      for (const encrypted of [false, true]) {
        await cutOff(kind, encrypted, 8);
        world.bytes = CONTENTS.big.slice();
        const index = world.server.saved.at(-1)!.index;
        world.bytes[index * PART + 9]! ^= 1;
        await expect(world.upload()).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
        expect(await world.kept()).toEqual([]);
        expect(await world.upload()).not.toBe(before);
      }
    },
  );

  it('is found out when a stream ends elsewhere than it did', async () => {
    for (const length of [11 * PART - 5, 10 * PART, 12 * PART, 11 * PART + 1]) {
      world = new World(CONTENTS['big, whole parts'], false, 'stream');
      const { context } = await world.client();
      world.server.before = ({ index }) => {
        if (index === 4) throw new Cut('cut');
      };
      // All but one arrive, the last one too.
      world.server.before = async ({ index }) => {
        if (index !== 4) return;
        while (world.server.saved.length < 10) await new Promise((turn) => setImmediate(turn));
        throw new Cut('cut');
      };
      const sent = uploadFile(context, stream(world.bytes), { resume: 'u' });
      await expect(sent).rejects.toThrow(Cut);
      const longer = Buffer.concat([world.bytes, random.bytes(PART)]);
      world.bytes = new Uint8Array(longer.subarray(0, length));
      await expect(world.upload()).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
      await world.upload();
    }
  });

  it('is found out when a stream ends before parts that have arrived', async () => {
    world = new World(CONTENTS['big, whole parts'], false, 'stream');
    const { context } = await world.client();
    world.server.before = ({ index }) => {
      if (index === 10) throw new Cut('cut');
    };
    const options = { resume: 'u', parallel: 1 };
    await expect(uploadFile(context, stream(world.bytes), options)).rejects.toThrow(Cut);
    world.bytes = world.bytes.slice(0, 9 * PART);
    await expect(world.upload()).rejects.toMatchObject({ code: 'SOURCE_CHANGED' });
    await world.upload();
  });

  it('takes nothing over from the list of the one before, though it is cut off at once', async () => {
    await cutOff('bytes');
    world.bytes = CONTENTS.big.slice();
    world.bytes[0]! ^= 1;
    await expect(world.upload(0)).rejects.toThrow(Cut);
    expect(await world.kept()).toEqual(['upload u']);
    await world.upload();
  });

  it('begins anew when somebody else is signed in: parts are kept by account', async () => {
    world = new World(CONTENTS.big, false, 'bytes');
    const { context } = await world.client();
    const as = (id: bigint): Fake['context'] => ({ ...context, self: () => ({ id, bot: false }) });
    await expect(world.uploadWith(as(1n), 3)).rejects.toThrow(Cut);
    before = world.server.saved[0]!.fileId;
    await expect(world.uploadWith(as(1n), 1)).rejects.toThrow(Cut);
    expect(world.server.files.size).toBe(1);
    expect(await world.uploadWith(as(2n))).not.toBe(before);
  });

  it('begins anew when it is called otherwise', async () => {
    world = new World(CONTENTS.big, false, 'bytes');
    const { context } = await world.client();
    world.server.before = () => {
      if (world.server.saved.length > 3) throw new Cut('cut');
    };
    const named = (name: string): File =>
      new File([CONTENTS.big.slice()], name, { lastModified: 1 });
    await expect(uploadFile(context, named('a'), { resume: 'u' })).rejects.toThrow(Cut);
    world.server.before = () => {};
    const { inputFile } = await uploadFile(context, named('b'), { resume: 'u' });
    expect(inputFile.id).not.toBe(world.server.saved[0]!.fileId);
  });

  it('begins anew when it is to be encrypted, or is no more', async () => {
    for (const first of [uploadFile, uploadEncrypted]) {
      world = new World(CONTENTS.big, first === uploadFile, 'bytes');
      const { context } = await world.client();
      world.server.before = () => {
        if (world.server.saved.length > 3) throw new Cut('cut');
      };
      await expect(first(context, world.bytes, { resume: 'u' })).rejects.toThrow(Cut);
      before = world.server.saved[0]!.fileId;
      expect(await world.upload()).not.toBe(before);
    }
  });
});

describe('what is kept of an upload', () => {
  let world: World;
  beforeEach(() => {
    world = new World(CONTENTS.big, true, 'bytes');
  });

  it('names file id and key on disk before the first part is sent', async () => {
    const { context, storage } = await world.client(30);
    let looked = 0;
    world.server.before = async ({ fileId }) => {
      const value = await storage.get('upload', 'u');
      const record = JSON.parse(Buffer.from(value!).toString()) as Record<string, unknown>;
      expect(record['fileId']).toBe(String(fileId));
      expect(record['key']).toMatch(/^[0-9a-f]{64}$/);
      expect(await storage.get('upload-parts', 'u')).toBeNull();
      looked += 1;
    };
    await uploadEncrypted(context, world.bytes, { resume: 'u' });
    expect(looked).toBe(13);
  });

  it('may be late: parts that are not listed are sent again, under the same id and key', async () => {
    const { context, storage } = await world.client(30);
    world.server.before = () => {
      if (world.server.saved.length >= 6) throw new Cut('cut');
    };
    await expect(uploadEncrypted(context, world.bytes, { resume: 'u' })).rejects.toThrow(Cut);
    // Killed: what waited is lost.
    const killed = new World(world.bytes, true, 'bytes');
    await killed.storage.open();
    await killed.storage.commit([
      { space: 'upload', key: 'u', value: await storage.get('upload', 'u') },
    ]);
    await killed.storage.close();
    Object.assign(killed, { server: world.server });
    expect(await killed.upload()).toBe(world.server.saved[0]!.fileId);
    expect(world.server.saved.length).toBe(6 + 13);
  });

  it.each([
    [12 * 3600_000, false],
    [12 * 3600_000 - 1, true],
    [-1, false],
  ])('counts for 12 hours (%i ms later: %s)', async (later, goesOn) => {
    await expect(world.upload(4)).rejects.toThrow(Cut);
    const before = world.server.saved[0]!.fileId;
    world.now += later;
    expect((await world.upload()) === before).toBe(goesOn);
  });

  it('is dropped after that, whatever uploads come', async () => {
    await expect(world.upload(4, 'old')).rejects.toThrow(Cut);
    world.now += 6 * 3600_000;
    await expect(world.upload(4, 'newer')).rejects.toThrow(Cut);
    expect(await world.kept()).toHaveLength(4);
    world.now += 7 * 3600_000;
    await expect(world.upload(4, 'newest')).rejects.toThrow(Cut);
    const names = (await world.kept()).map((name) => name.split(' ')[1]);
    expect(new Set(names)).toEqual(new Set(['newer', 'newest']));
  });

  it('counts for nothing when it is damaged', async () => {
    const intact = new World(world.bytes, true, 'bytes');
    await expect(intact.upload(4)).rejects.toThrow(Cut);
    const record = (await intact.storage.get('upload', 'u'))!;
    const list = (await intact.storage.get('upload-parts', 'u'))!;
    const json = JSON.parse(Buffer.from(record).toString()) as object;
    const changed = (fields: object): Uint8Array =>
      Buffer.from(JSON.stringify({ ...json, ...fields }));
    const flipped = (at: number): Uint8Array =>
      list.map((byte, index) => (index === at ? 255 : byte));
    const damages: [string, Uint8Array][] = [
      ['upload', new Uint8Array(0)],
      ['upload', record.slice(1)],
      ['upload', changed({ v: 2 })],
      ['upload', changed({ key: null })],
      ['upload', changed({ iv: 'ab' })],
      ['upload', changed({ fileId: 'x' })],
      ['upload', changed({ partSize: 4096 })],
      ['upload', changed({ created: 'now' })],
      ['upload-parts', new Uint8Array(0)],
      ['upload-parts', list.slice(1)],
      ['upload-parts', flipped(0)],
      ['upload-parts', flipped(2)],
      ['upload-parts', flipped(8)],
      ['upload-parts', list.map((byte, at) => (at >= 41 && at < 49 ? 0 : byte))],
    ];
    for (const [space, value] of damages) {
      const damaged = new World(world.bytes, true, 'bytes');
      await damaged.storage.open();
      const kept = { upload: record, 'upload-parts': list, [space]: value };
      await damaged.storage.commit(
        Object.entries(kept).map(([name, bytes]) => ({ space: name, key: 'u', value: bytes })),
      );
      await damaged.storage.close();
      Object.assign(damaged, { server: intact.server });
      const ids = intact.server.files.size;
      await damaged.upload();
      expect(intact.server.files.size).toBe(ids + 1);
    }
  });

  it('is removed when the server refuses the parts, and not when it is out of reach', async () => {
    await expect(world.upload(4)).rejects.toThrow(Cut);
    const { context } = await world.client();
    for (const [number, kept] of [
      [500, 2],
      [400, 0],
    ] as const) {
      const error = new RpcError(number, 'FILE_PART_INVALID', 'upload.saveFilePart');
      world.server.before = () => Promise.reject(error);
      await expect(uploadEncrypted(context, world.bytes, { resume: 'u' })).rejects.toBe(error);
      expect(await world.kept()).toHaveLength(kept);
    }
  });

  it('is nothing without the option', async () => {
    const { context } = await world.client();
    world.server.before = () => {
      if (world.server.saved.length > 3) throw new Cut('cut');
    };
    await expect(uploadEncrypted(context, world.bytes)).rejects.toThrow(Cut);
    expect(await world.kept()).toEqual([]);
  });
});

describe('the name of an upload', () => {
  it('belongs to one upload at a time', async () => {
    const world = new World(CONTENTS.small, false, 'bytes');
    const { context } = await world.client();
    const first = world.uploadWith(context);
    const second = uploadEncrypted(context, world.bytes, { resume: 'u' });
    await expect(second).rejects.toMatchObject({ code: 'BAD_OPTION', option: 'resume' });
    await first;
    await world.uploadWith(context, 2).catch(() => undefined);
    await world.uploadWith(context);
    const other = new World(CONTENTS.small, false, 'bytes');
    await Promise.all([world.upload(), other.upload(), world.kept()]);
  });

  it('lets uploads of other names go on beside it, and keeps what they need', async () => {
    const world = new World(CONTENTS.big, true, 'bytes');
    const { context, clock } = await world.client();
    let half = (): void => {};
    const atHalf = new Promise<void>((resolve) => (half = resolve));
    let goOn = (): void => {};
    const going = new Promise<void>((resolve) => (goOn = resolve));
    world.server.before = async ({ index }) => {
      if (index < 6) return;
      half();
      await going;
      if (index > 8) throw new Cut('cut');
    };
    const slow = uploadEncrypted(context, world.bytes, { resume: 'slow', parallel: 1 });
    await atHalf;
    clock.now += 13 * 3600_000;
    await uploadFile(context, new Uint8Array(5), { resume: 'quick' });
    goOn();
    await expect(slow).rejects.toThrow(Cut);
    // Too old to go on with; but no list stays without its record, or nobody would ever remove it.
    expect(await world.kept()).toEqual(['upload slow', 'upload-parts slow']);
    await uploadFile(context, new Uint8Array(5), { resume: 'quick' });
    expect(await world.kept()).toEqual([]);
  });

  it.each(['', 7, null])('cannot be %j', async (resume) => {
    const { context } = await new World(CONTENTS.small, false, 'bytes').client();
    const sent = uploadFile(context, CONTENTS.small, { resume: resume as string });
    await expect(sent).rejects.toMatchObject({ code: 'BAD_OPTION', option: 'resume' });
  });
});
