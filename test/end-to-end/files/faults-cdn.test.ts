import { LocalDc } from '@tlgen/local-dc';
import { base, upload } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RUNS } from '../../support/random.js';
import { content, hashOf, KIB } from './content.js';
import { FastClock } from './fast-clock.js';
import { closeCleanly, fastPerson, settles, type FastPerson } from './fast-person.js';
import {
  atPacket,
  atPart,
  fails,
  FINAL,
  PACKET_FAULTS,
  PASSING,
  type Undo,
} from './faults-of-network.js';
import { Watched } from './watched.js';

const PART = 512 * KIB;
/** In short runs the first, the last and some between. */
const PARTS = RUNS > 1 ? [0, 1, 2, 3, 4, 5] : [0, 1, 2, 3];
const SIZE = (PARTS.length - 1) * PART + 100 * KIB + 3;
const BYTES = content(SIZE);
const CDN = 203;

let dc: LocalDc;
let ann: FastPerson;
let bob: FastPerson;

beforeAll(async () => {
  dc = await LocalDc.start({
    clock: FastClock.wall,
    dataCenters: [2, 4],
    cdnDataCenters: [CDN],
  });
  ann = await fastPerson(dc, await dc.createUser({ username: 'annie' }));
  bob = await fastPerson(dc, await dc.createUser({ username: 'bobby' }), {
    files: { connections: 1, parallel: 1 },
  });
  await bob.client.files.download(await sent(), { end: 1 });
});
afterAll(async () => {
  await closeCleanly(ann);
  await closeCleanly(bob);
  expect(dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt')).toEqual([]);
  await dc.close();
});

/** A message with the file, which the CDN has, as bob gets it. */
async function sent(dcId = 2): Promise<base.Message> {
  dc.sendFile(ann, bob, dc.addFile(BYTES, { name: 'film.mp4', dcId, cdn: true }));
  for await (const message of bob.client.peers.history('@annie', { limit: 1 })) {
    if (message._ === 'message') return message;
  }
  throw new Error('there is no message');
}

const idOf = ({ media }: base.Message): bigint =>
  ((media as base.MessageMediaDocument).document as base.Document).id;

/** Whether what is downloaded is the file; else the error. And nothing wrong was given out before that. */
async function got(file: base.Message, wrong: () => Undo, parallel = 4): Promise<unknown> {
  const watched = new Watched();
  const { onProgress } = watched;
  const undo = wrong();
  const chunks: Uint8Array[] = [];
  const read = async (): Promise<void> => {
    for await (const chunk of bob.client.files.chunks(file, { onProgress, parallel }))
      chunks.push(chunk);
  };
  try {
    await settles('the download', read());
    watched.expect(SIZE, true);
    return hashOf(Buffer.concat(chunks)) === hashOf(BYTES);
  } catch (error) {
    watched.expect(SIZE, false);
    const given = Buffer.concat(chunks);
    expect(given.equals(BYTES.subarray(0, given.length))).toBe(true);
    return error;
  } finally {
    undo();
  }
}

const nothing = (): Undo => () => undefined;

type Act = Parameters<typeof atPart<upload.GetCdnFileRequest>>[3];

/** The requests to the CDN for one part. */
const hit = (part: number, act: Act, times = 1): Undo & { readonly count: number } =>
  atPart(
    dc,
    upload.GetCdnFileRequest,
    ({ offset }) => Math.floor(Number(offset) / PART) === part,
    act,
    times,
  );

const withBytes =
  (change: (bytes: Uint8Array) => Uint8Array): Act =>
  async (_request, context) => {
    const file = (await context.next()) as upload.CdnFile;
    return file._ === 'upload.cdnFile' ? new upload.CdnFile({ bytes: change(file.bytes) }) : file;
  };

const flipped = withBytes((bytes) => {
  const copy = bytes.slice();
  const at = copy.length >> 1;
  copy[at] = (copy[at] ?? 0) ^ 0x80;
  return copy;
});

async function atEveryPart(
  wrong: (part: number, message: base.Message) => Undo,
  expected: unknown,
  widths = [4],
): Promise<void> {
  for (const part of PARTS) {
    // In short runs by turns.
    for (const parallel of RUNS > 1 ? widths : [widths[part % widths.length]]) {
      const message = await sent(part % 2 === 0 ? 2 : 4);
      const result = await got(message, () => wrong(part, message), parallel);
      expect({ part, parallel, result }).toMatchObject({ part, parallel, result: expected });
    }
  }
}

describe('a download from a CDN', () => {
  it.each(Object.entries(PACKET_FAULTS))('%s, at any part: all arrives', async (_, fault) => {
    await atEveryPart((part) => atPacket(dc, upload.GetCdnFileRequest, part, fault), true, [1]);
  });

  it.each(Object.entries(PASSING))('%s, at any part: all arrives', async (_, act) => {
    await atEveryPart((part) => hit(part, act), true);
  });

  it.each(Object.entries(FINAL))(
    '%s, at any part: all comes from elsewhere',
    async (_, { act }) => {
      await atEveryPart((part) => hit(part, act, Infinity), true);
    },
  );

  it('bytes are wrong once, at any part: they are asked for again', async () => {
    await atEveryPart((part) => hit(part, flipped), true, [1, 4]);
  });

  it('bytes are wrong for ever, at any part: it ends with that, and none of them is given out', async () => {
    await atEveryPart((part) => hit(part, flipped, Infinity), { code: 'WRONG_HASH' }, [1, 4]);
  });

  it('one bit is wrong at the CDN, anywhere: it ends with that', async () => {
    for (const part of PARTS) {
      for (const offset of [part * PART, Math.min(SIZE, (part + 1) * PART) - 1]) {
        const message = await sent();
        dc.cdn.corrupt(idOf(message), offset);
        expect(await got(message, nothing)).toMatchObject({
          name: 'FileError',
          code: 'WRONG_HASH',
        });
        dc.cdn.repair();
        expect(await got(message, nothing)).toBe(true);
      }
    }
  });

  it('too few bytes come once or twice, at any part: they are asked for again', async () => {
    for (const change of [(one: Uint8Array) => one.subarray(0, -1), () => new Uint8Array(0)]) {
      await atEveryPart((part) => hit(part, withBytes(change), 2), true);
    }
  });

  it('too few bytes come for ever, at any part: it ends with that', async () => {
    for (const change of [(one: Uint8Array) => one.subarray(0, -1), () => new Uint8Array(0)]) {
      await atEveryPart((part) => hit(part, withBytes(change), Infinity), { code: 'WRONG_SIZE' });
    }
  });

  it('more bytes come than were asked for: it ends with that', async () => {
    const more = withBytes((bytes) => Buffer.concat([bytes, new Uint8Array(PART)]));
    await atEveryPart((part) => hit(part, more, Infinity), { code: 'WRONG_SIZE' });
  });

  it('the token is forgotten, at any part: another one is asked for', async () => {
    const forget = (part: number, message: base.Message): Undo =>
      hit(part, (_request, context) => {
        expect(dc.cdn.forgetToken(idOf(message))).toBe(1);
        return context.next();
      });
    await atEveryPart(forget, true, [1, 4]);
  });

  it('tokens are worth nothing, ever: the file comes from its data center', async () => {
    await atEveryPart(
      (part) => hit(part, fails(400, 'FILE_TOKEN_INVALID'), Infinity),
      true,
      [1, 4],
    );
  });

  it('the copy is lost, at any part: it is brought there again', async () => {
    const lose = (part: number, message: base.Message): Undo =>
      hit(part, (_request, context) => {
        expect(dc.cdn.loseCopy(idOf(message))).toBe(1);
        return context.next();
      });
    await atEveryPart(lose, true, [1, 4]);
  });

  it('the copy is lost whenever it was brought there: the file comes from its data center', async () => {
    const act: Act = () => new upload.CdnFileReuploadNeeded({ requestToken: new Uint8Array(8) });
    const token = atPart(
      dc,
      upload.ReuploadCdnFileRequest,
      () => true,
      () => [],
      Infinity,
    );
    await atEveryPart((part) => hit(part, act, Infinity), true);
    token();
  });

  it('the file moves while its bytes come from the CDN, at any part', async () => {
    const move = (part: number, message: base.Message): Undo =>
      hit(part, (_request, context) => {
        dc.moveFile(idOf(message), part % 2 === 0 ? 4 : 2);
        dc.cdn.loseCopy(idOf(message));
        return context.next();
      });
    await atEveryPart(move, true, [1, 4]);
  });

  it('the CDN has the file no longer, and the reference expires, at any part', async () => {
    const both = (part: number, message: base.Message): Undo =>
      hit(part, (_request, context) => {
        dc.cdn.serve(message.media ? idOf(message) : 0n, false);
        dc.cdn.forgetToken(idOf(message));
        dc.expireReferences(idOf(message));
        return context.next();
      });
    await atEveryPart(both, true, [1, 4]);
  });
});

describe('hashes', () => {
  const hashes = (act: (list: base.FileHash[], offset: number) => base.FileHash[]) => (): Undo =>
    atPart(
      dc,
      upload.GetCdnFileHashesRequest,
      () => true,
      async (request, context) =>
        act((await context.next()) as base.FileHash[], Number(request.offset)),
      Infinity,
    );
  const withHash = (one: base.FileHash, change: Partial<base.FileHash>): base.FileHash =>
    new base.FileHash({ offset: one.offset, limit: one.limit, hash: one.hash, ...change });

  it.each<[string, ReturnType<typeof hashes>]>([
    [
      'are others',
      hashes((list) => list.map((one) => withHash(one, { hash: new Uint8Array(32) }))),
    ],
    [
      'are too short',
      hashes((list) => list.map((one) => withHash(one, { hash: one.hash.subarray(1) }))),
    ],
    ['are missing', hashes(() => [])],
    [
      'are of other places',
      hashes((list) => list.map((one) => withHash(one, { offset: one.offset - 4096n }))),
    ],
    [
      'are of blocks without end',
      hashes((list) => list.map((one) => withHash(one, { limit: 2 ** 30 }))),
    ],
    [
      'are of blocks without bytes',
      hashes((list) => list.map((one) => withHash(one, { limit: 0 }))),
    ],
    [
      'contradict each other',
      hashes((list) => [
        ...list,
        ...list.map((one) => withHash(one, { hash: new Uint8Array(32) })),
      ]),
    ],
    ['go backwards', hashes((list) => list.map((one) => withHash(one, { offset: -one.offset })))],
  ])('that %s: it ends with that', async (_, wrong) => {
    for (const parallel of [1, 4]) {
      const result = await got(await sent(), wrong, parallel);
      expect(result).toMatchObject({ name: 'FileError', code: 'WRONG_HASH' });
    }
  });

  it('may fail for a while', async () => {
    for (const act of Object.values(PASSING)) {
      const wrong = (): Undo => atPart(dc, upload.GetCdnFileHashesRequest, () => true, act, 1);
      expect(await got(await sent(), wrong)).toBe(true);
    }
  });
});

describe('redirects', () => {
  const redirect = (change: Partial<upload.FileCdnRedirect>) => (): Undo =>
    dc.handle(upload.GetFileRequest, async (_request, context) => {
      const answer = await context.next();
      return answer._ === 'upload.fileCdnRedirect'
        ? new upload.FileCdnRedirect({ ...answer, ...change } as never)
        : answer;
    });

  it.each<[string, ReturnType<typeof redirect>, string]>([
    ['without a key', redirect({ encryptionKey: new Uint8Array(0) }), 'WRONG_KEY'],
    ['with a short iv', redirect({ encryptionIv: new Uint8Array(15) }), 'WRONG_KEY'],
    ['with another key', redirect({ encryptionKey: new Uint8Array(32) }), 'WRONG_HASH'],
    ['with another iv', redirect({ encryptionIv: new Uint8Array(16) }), 'WRONG_HASH'],
    ['to what cannot be a data center', redirect({ dcId: -1 }), 'UNSUPPORTED'],
  ])('%s: it ends with that', async (_, wrong, code) => {
    expect(await got(await sent(), wrong)).toMatchObject({ name: 'FileError', code });
  });

  it('with an unknown token, or to an unknown data center: the file comes from its own', async () => {
    expect(await got(await sent(), redirect({ fileToken: new Uint8Array(5) }))).toBe(true);
    expect(await got(await sent(), redirect({ dcId: 207 }))).toBe(true);
  });

  it('of a client that asked for none: it ends with that', async () => {
    const wrong = (): Undo => {
      const undo = dc.handle(upload.GetFileRequest, (request) => {
        void request;
        return new upload.FileCdnRedirect({
          dcId: CDN,
          fileToken: new Uint8Array(5),
          encryptionKey: new Uint8Array(32),
          encryptionIv: new Uint8Array(16),
          fileHashes: [],
        });
      });
      return undo;
    };
    expect(await got(await sent(), wrong)).toMatchObject({ code: expect.any(String) });
  });
});
