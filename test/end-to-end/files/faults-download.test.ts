import { LocalDc } from '@tlgen/local-dc';
import type { RemoteFileLike } from '@tlgen/runtime';
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
import { secretPair, sendSecretly } from './secret-pair.js';
import { Watched } from './watched.js';

const PART = 512 * KIB;
/** In short runs the first, the last and some between. */
const PARTS = RUNS > 1 ? [0, 1, 2, 3, 4, 5] : [0, 1, 2, 3];
const SIZE = (PARTS.length - 1) * PART + 100 * KIB + 3;
/** Where the way to the file is another one, and nothing else: the others in long runs. */
const SOME = RUNS > 1 ? PARTS : [0, 3];
const BYTES = content(SIZE);

let dc: LocalDc;
let ann: FastPerson;
let bob: FastPerson;
const secret: { file?: RemoteFileLike } = {};

beforeAll(async () => {
  dc = await LocalDc.start({ clock: FastClock.wall, dataCenters: [2, 4, 5] });
  const single = { files: { connections: 1, parallel: 1 } };
  ann = await fastPerson(dc, await dc.createUser({ username: 'annie' }));
  bob = await fastPerson(dc, await dc.createUser({ username: 'bobby' }), single);
  const chat = await secretPair(ann, bob);
  const { inputFile, key, iv, size } = await ann.client.files.uploadEncrypted(BYTES);
  const file = await sendSecretly(chat, ann, bob, inputFile);
  secret.file = { file, key, iv, size };
  for (const dcId of [2, 4]) await bob.client.files.download(await sent({ dcId }), { end: 1 });
});
afterAll(async () => {
  await closeCleanly(ann);
  await closeCleanly(bob);
  expect(dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt')).toEqual([]);
  await dc.close();
});

/** A message with the file, as bob has it. */
async function sent(where: object = {}): Promise<base.Message> {
  dc.sendFile(ann, bob, dc.addFile(BYTES, { name: 'film.mp4', ...where }));
  for await (const message of bob.client.peers.history('@annie', { limit: 1 })) {
    if (message._ === 'message') return message;
  }
  throw new Error('there is no message');
}

const idOf = ({ media }: base.Message): bigint =>
  ((media as base.MessageMediaDocument).document as base.Document).id;

/** Whether what is downloaded is the file; else the error. */
async function got(file: RemoteFileLike, wrong: () => Undo, parallel = 1): Promise<unknown> {
  const watched = new Watched();
  const { onProgress } = watched;
  const undo = wrong();
  try {
    const downloading = bob.client.files.download(file, { onProgress, parallel });
    const bytes = await settles('the download', downloading);
    watched.expect(SIZE, true);
    return hashOf(bytes) === hashOf(BYTES);
  } catch (error) {
    watched.expect(SIZE, false);
    return error;
  } finally {
    undo();
  }
}

const at =
  (part: number) =>
  ({ offset }: upload.GetFileRequest): boolean =>
    Math.floor(Number(offset) / PART) === part;

type Act = Parameters<typeof atPart<upload.GetFileRequest>>[3];

/** What the server answers, with other bytes. */
const withBytes =
  (change: (bytes: Uint8Array) => Uint8Array): Act =>
  async (_request, context) => {
    const file = (await context.next()) as upload.File;
    return new upload.File({ ...file, bytes: change(file.bytes) });
  };

const hit = (part: number, act: Act, times = 1): Undo & { readonly count: number } =>
  atPart(dc, upload.GetFileRequest, at(part), act, times);

/** Runs it for every part. */
async function atEveryPart(
  file: () => RemoteFileLike | Promise<RemoteFileLike>,
  wrong: (part: number) => Undo,
  expected: unknown,
  parts = PARTS,
): Promise<void> {
  for (const part of parts) {
    // One by one and several at a time, by turns.
    for (const parallel of RUNS > 1 ? [1, 4] : [part % 2 === 0 ? 1 : 4]) {
      const result = await got(await file(), () => wrong(part), parallel);
      expect({ part, parallel, result }).toMatchObject({ part, parallel, result: expected });
    }
  }
}

const PLACES: Readonly<Record<string, () => RemoteFileLike | Promise<RemoteFileLike>>> = {
  'a file at home': () => sent(),
  'a file at another data center': () => sent({ dcId: 4 }),
  'an encrypted file': () => secret.file!,
};

/** Changed bytes, and what comes of them when they are sent once, and when they always are. */
const CHANGES: Readonly<Record<string, readonly [(bytes: Uint8Array) => Uint8Array, unknown]>> = {
  'a byte short': [(bytes) => bytes.subarray(0, -1), true],
  'nearly nothing': [(bytes) => bytes.subarray(0, 1), true],
  nothing: [() => new Uint8Array(0), true],
};

describe.each(Object.entries(PLACES))('the download of %s', (place, file) => {
  const parts = place === 'a file at home' ? PARTS : SOME;
  it.each(Object.entries(PACKET_FAULTS))('%s, at any part: all arrives', async (__, fault) => {
    const one = await file();
    await atEveryPart(
      () => one,
      (part) => atPacket(dc, upload.GetFileRequest, part, fault),
      true,
      [1],
    );
  });

  it.each(Object.entries(PASSING))('%s, at any part: all arrives', async (__, act) => {
    const one = await file();
    await atEveryPart(
      () => one,
      (part) => hit(part, act),
      true,
      parts,
    );
  });

  it.each(Object.entries(FINAL))(
    '%s, at any part: it ends with that',
    async (__, { act, code }) => {
      const one = await file();
      await atEveryPart(
        () => one,
        (part) => hit(part, act, Infinity),
        { name: 'RpcError', code },
        parts,
      );
    },
  );

  it('the server fails for ever: so does the download', async () => {
    const act = fails(500, 'INTERNAL');
    const result = await got(await file(), () => hit(3, act, Infinity), 4);
    expect(result).toMatchObject({ name: 'RpcError', number: 500 });
  });

  it.each(Object.entries(CHANGES))('%s comes, at any part', async (__, [change, once]) => {
    const one = await file();
    await atEveryPart(
      () => one,
      (part) => hit(part, withBytes(change)),
      once,
      [3],
    );
    await atEveryPart(
      () => one,
      (part) => hit(part, withBytes(change), 2),
      once,
      [1],
    );
    const wrongSize = { name: 'FileError', code: 'WRONG_SIZE' };
    await atEveryPart(
      () => one,
      (part) => hit(part, withBytes(change), Infinity),
      wrongSize,
      [2],
    );
  });

  it('more comes than was asked for, at any part: it ends with that', async () => {
    const one = await file();
    const more = withBytes((bytes) => Buffer.concat([bytes, new Uint8Array(PART)]));
    await atEveryPart(
      () => one,
      (part) => hit(part, more),
      { code: 'WRONG_SIZE' },
    );
  });

  it('it is aborted at any part: that is what it ends with', async () => {
    const one = await file();
    for (const part of PARTS) {
      const stop = new AbortController();
      const undo = hit(part, (_request, context) => {
        stop.abort();
        return context.next();
      });
      const { signal } = stop;
      const downloading = bob.client.files.download(one, { signal });
      await expect(settles('the download', downloading)).rejects.toMatchObject({
        name: 'AbortError',
      });
      undo();
    }
  });
});

describe('the file is moved', () => {
  it('while it is downloaded, before any part: the others are asked for there at once', async () => {
    for (const part of PARTS) {
      const message = await sent();
      const wrong = (): Undo =>
        hit(part, (_request, context) => {
          dc.moveFile(idOf(message), 4);
          return context.next();
        });
      const asked: number[] = [];
      const undo = dc.handle(upload.GetFileRequest, ({ location }, context) => {
        if ('id' in location && location.id === idOf(message)) asked.push(context.dcId);
        return context.next();
      });
      expect(await got(message, wrong)).toBe(true);
      undo();
      const home = PARTS.map(() => 2).slice(0, part + 1);
      expect({ part, asked }).toEqual({
        part,
        asked: [...home, ...PARTS.map(() => 4).slice(part)],
      });
    }
  });

  it('again and again', async () => {
    const message = await sent();
    for (const [parallel, most] of [
      [1, 2 * PARTS.length],
      [4, 4],
    ] as const) {
      let [requests, moves] = [0, 0];
      const wrong = (): Undo =>
        dc.handle(upload.GetFileRequest, (_request, context) => {
          // Two of three requests find it gone.
          if (requests++ % 3 !== 2 && moves++ < most) {
            dc.moveFile(
              idOf(message),
              [2, 4, 5].find((id) => id !== context.dcId)!,
            );
          }
          return context.next();
        });
      expect(await got(message, wrong, parallel)).toBe(true);
      expect(moves).toBeGreaterThanOrEqual(most);
    }
  });

  it('in a circle: it ends with that', async () => {
    const wrong = (): Undo => hit(2, fails(303, 'FILE_MIGRATE_4'), Infinity);
    expect(await got(await sent(), wrong)).toMatchObject({
      name: 'RpcError',
      code: 'FILE_MIGRATE',
    });
  });

  it('to where there is no data center: it ends with that', async () => {
    for (const nowhere of ['FILE_MIGRATE_9', 'FILE_MIGRATE_0', 'FILE_MIGRATE_99999']) {
      const result = await got(await sent(), () => hit(2, fails(303, nowhere), Infinity));
      expect(result).toBeInstanceOf(Error);
    }
  });
});

describe('the reference expires', () => {
  it('before any part: it is renewed where the file came from, once for all parts', async () => {
    for (const part of PARTS) {
      for (const parallel of [1, 4]) {
        const message = await sent();
        bob.called.length = 0;
        const wrong = (): Undo =>
          hit(part, (_request, context) => {
            dc.expireReferences(idOf(message));
            return context.next();
          });
        expect(await got(message, wrong, parallel)).toBe(true);
        const other = bob.called.filter((name) => name !== 'upload.getFile');
        expect({ part, other }).toEqual({ part, other: ['messages.getMessages'] });
      }
    }
  });

  it('and the file moves at the same time', async () => {
    const message = await sent();
    const wrong = (): Undo =>
      hit(3, (_request, context) => {
        dc.moveFile(idOf(message), 4);
        dc.expireReferences(idOf(message));
        return context.next();
      });
    expect(await got(message, wrong, 4)).toBe(true);
  });

  it('each time that it is used: it ends with that', async () => {
    for (const part of PARTS) {
      const act = fails(400, 'FILE_REFERENCE_EXPIRED');
      const result = await got(await sent(), () => hit(part, act, Infinity), 4);
      expect({ part, result }).toMatchObject({ result: { code: 'REFERENCE_EXPIRED' } });
    }
  });

  it('and nobody knows where the file came from, or it is there no more: it ends with that', async () => {
    const { client } = bob;
    const { fileId } = client.files.ids(await sent());
    dc.expireReferences();
    // This client has never seen the message.
    const cyril = await fastPerson(dc, await dc.createUser({ username: 'cyril' }));
    const stray = settles('the download', cyril.client.files.download(fileId));
    await expect(stray).rejects.toBeInstanceOf(Error);
    await closeCleanly(cyril);
    const gone = await sent();
    await client.api.messages.deleteMessages({ id: [gone.id], revoke: true });
    dc.expireReferences(idOf(gone));
    expect(await got(gone, () => () => undefined)).toMatchObject({ code: 'REFERENCE_EXPIRED' });
  });

  it('as the other ways to say so', async () => {
    const names = ['FILE_REFERENCE_INVALID', 'FILE_REFERENCE_EMPTY', 'FILE_REFERENCE_0_EXPIRED'];
    for (const text of names) {
      expect(await got(await sent(), () => hit(3, fails(400, text)), 4)).toBe(true);
    }
    expect(await got(await sent(), () => hit(0, fails(406, 'FILEREF_UPGRADE_NEEDED')), 4)).toBe(
      true,
    );
  });
});

describe('the other data center does not know the user any more', () => {
  it('at any part: the authorization is taken there anew', async () => {
    const message = await sent({ dcId: 4 });
    for (const part of PARTS) {
      bob.called.length = 0;
      expect(await got(message, () => hit(part, fails(401, 'AUTH_KEY_UNREGISTERED')))).toBe(true);
      expect(bob.client.me).not.toBeNull();
    }
  });

  it('whatever is done: it ends with that, and at home nobody is signed out', async () => {
    const message = await sent({ dcId: 4 });
    const act = fails(401, 'AUTH_KEY_UNREGISTERED');
    expect(await got(message, () => hit(2, act, Infinity), 4)).toMatchObject({
      name: 'RpcError',
      code: 'AUTH_KEY_UNREGISTERED',
    });
    expect(await got(await sent(), () => () => undefined)).toBe(true);
    expect(await got(message, () => () => undefined)).toBe(true);
  });
});
