import * as tl from '@tlgen/telegram';
import { help, messages, upload } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  addFile,
  mediaOfFile,
  type TestFile,
} from '../../../../packages/local-dc/src/scene-files.js';
import { CdnControls } from '../../../../packages/local-dc/src/file-controls.js';
import { send } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from '../methods/harness.js';
import {
  content,
  documentIn,
  download,
  getFile,
  locationOf,
  newest,
  png,
  same,
} from './support.js';

const MIB = 1024 * 1024;
const BLOCK = 128 * 1024;
let dc: Harness;
let ann: User;
let anns: Device;
let cdn: Device;
let file: TestFile;
let bytes: Uint8Array;
let controls: CdnControls;

beforeEach(async () => {
  dc = new Harness({ dataCenters: [2, 4], cdnDataCenters: [203, 204] });
  ann = await dc.user();
  anns = await dc.signedIn(ann);
  cdn = dc.device(203);
  bytes = content(MIB + 200_000);
  file = addFile(dc.world, bytes, { cdn: true });
  controls = new CdnControls(dc.world);
});

async function document(of: TestFile = file): Promise<tl.Document> {
  const bob = await dc.user();
  send(dc.world, bob, ann, '', mediaOfFile(dc.world, of));
  return documentIn((await newest(anns, bob)).media);
}

const redirect = async (fields = {}): Promise<upload.FileCdnRedirect> =>
  (await getFile(anns, locationOf(await document()), {
    cdnSupported: true,
    ...fields,
  })) as upload.FileCdnRedirect;
const ask = (fileToken: Uint8Array, offset = 0, limit = BLOCK, device = cdn) =>
  device.call(new upload.GetCdnFileRequest({ fileToken, offset: BigInt(offset), limit }));
const reupload = (fileToken: Uint8Array, requestToken: Uint8Array, device = anns) =>
  device.call(new upload.ReuploadCdnFileRequest({ fileToken, requestToken }));

/** The redirect of a file that the CDN has by now. */
async function ready(): Promise<upload.FileCdnRedirect> {
  const found = await redirect();
  const needed = (await ask(found.fileToken)) as upload.CdnFileReuploadNeeded;
  await reupload(found.fileToken, needed.requestToken);
  return found;
}

async function decrypted(found: upload.FileCdnRedirect, offset: number, limit = BLOCK) {
  const answer = (await ask(found.fileToken, offset, limit)) as upload.CdnFile;
  const iv = found.encryptionIv.slice();
  new DataView(iv.buffer).setUint32(12, offset / 16);
  return dc.crypto.aesCtr(found.encryptionKey, iv).process(answer.bytes);
}

describe('files at the CDN', () => {
  it('are answered with a redirect by those who can follow it', async () => {
    const location = locationOf(await document());
    expect(same(await download(anns, location), bytes)).toBe(true);
    const found = await redirect();
    expect(found).toMatchObject({ _: 'upload.fileCdnRedirect', dcId: 203 });
    expect([found.encryptionKey.length, found.encryptionIv.length]).toEqual([32, 16]);
    expect(found.fileHashes.map(({ offset }) => Number(offset) / BLOCK)).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7,
    ]);
    expect((await redirect()).fileToken).toEqual(found.fileToken);
    const late = await redirect({ offset: BigInt(MIB) });
    expect(late.fileHashes.map(({ offset, limit }) => [Number(offset), limit])).toEqual([
      [MIB, BLOCK],
      [MIB + BLOCK, 200_000 - BLOCK],
    ]);
  });

  it('have to be brought there first', async () => {
    const { fileToken } = await redirect();
    const needed = (await ask(fileToken)) as upload.CdnFileReuploadNeeded;
    expect(needed._).toBe('upload.cdnFileReuploadNeeded');
    expect(await refusal(reupload(fileToken, content(32)))).toBe('400 REQUEST_TOKEN_INVALID');
    expect(await refusal(reupload(content(32), needed.requestToken))).toBe(
      '400 FILE_TOKEN_INVALID',
    );
    const away = await dc.roaming(anns, 4);
    expect(await refusal(reupload(fileToken, needed.requestToken, away))).toBe(
      '303 FILE_MIGRATE_2',
    );
    const hashes = await reupload(fileToken, needed.requestToken);
    expect(hashes).toHaveLength(8);
    expect((await ask(fileToken))._).toBe('upload.cdnFile');
  });

  it('are encrypted there, each block with its place as counter, and hashed before that', async () => {
    const found = await ready();
    const whole = new Uint8Array(bytes.length);
    for (let offset = 0; offset < bytes.length; offset += BLOCK)
      whole.set(await decrypted(found, offset), offset);
    expect(same(whole, bytes)).toBe(true);
    expect(same(await decrypted(found, 4096, 4096), bytes.subarray(4096, 8192))).toBe(true);
    const sealed = (await ask(found.fileToken)) as upload.CdnFile;
    expect(same(sealed.bytes, bytes.subarray(0, BLOCK))).toBe(false);
    const more = await anns.call(
      new upload.GetCdnFileHashesRequest({ fileToken: found.fileToken, offset: BigInt(MIB) }),
    );
    for (const { offset, limit, hash } of [...found.fileHashes, ...more]) {
      const block = whole.subarray(Number(offset), Number(offset) + limit);
      expect(hash).toEqual(dc.crypto.sha256(block));
    }
  });

  it('come in pieces of the documented sizes', async () => {
    const { fileToken } = await ready();
    expect(await refusal(ask(fileToken, 0, 1000))).toBe('400 LIMIT_INVALID');
    expect(await refusal(ask(fileToken, 16, 4096))).toBe('400 OFFSET_INVALID');
    expect(((await ask(fileToken, 8 * MIB)) as upload.CdnFile).bytes).toHaveLength(0);
  });

  it('can be damaged, and their tokens and copies lost', async () => {
    const found = await ready();
    controls.corrupt(file, BLOCK + 5);
    const wrong = await decrypted(found, BLOCK);
    expect(wrong[5]).toBe(bytes[BLOCK + 5]! ^ 1);
    expect(same(wrong.subarray(6), bytes.subarray(BLOCK + 6, 2 * BLOCK))).toBe(true);
    controls.repair();
    expect(same(await decrypted(found, BLOCK), bytes.subarray(BLOCK, 2 * BLOCK))).toBe(true);
    expect(() => controls.corrupt(file, bytes.length)).toThrow(TypeError);

    expect(controls.loseCopy(file)).toBe(1);
    expect((await ask(found.fileToken))._).toBe('upload.cdnFileReuploadNeeded');
    expect(controls.forgetToken(file)).toBe(1);
    expect(await refusal(ask(found.fileToken))).toBe('400 FILE_TOKEN_INVALID');
    const hashes = new upload.GetCdnFileHashesRequest({ fileToken: found.fileToken, offset: 0n });
    expect(await refusal(anns.call(hashes))).toBe('400 FILE_TOKEN_INVALID');
    const other = await redirect();
    expect(other.fileToken).not.toEqual(found.fileToken);
    controls.serve(file, false);
    expect((await redirect())._).toBe('upload.file');
    controls.serve(file, 204);
    expect((await redirect()).dcId).toBe(204);
    expect(await refusal(ask((await redirect()).fileToken))).toBe('400 FILE_TOKEN_INVALID');
    expect(() => controls.serve(file, 5)).toThrow(/no data center 5 of the CDN/);
  });

  it('are served whole: thumbnails come from the file’s own data center', async () => {
    const pictured = addFile(dc.world, content(100), { cdn: true, thumb: png(9, 9) });
    const location = locationOf(await document(pictured), 'm');
    const answer = await getFile(anns, location, { cdnSupported: true });
    expect(answer._).toBe('upload.file');
  });
});

describe('a data center of the CDN', () => {
  it('gives files and does nothing else', async () => {
    const config = await anns.call(new help.GetConfigRequest());
    expect(config._).toBe('config');
    expect(await refusal(cdn.call(new help.GetConfigRequest()))).toBe('400 CDN_METHOD_INVALID');
    const location = locationOf(await document());
    expect(await refusal(getFile(cdn, location))).toBe('400 CDN_METHOD_INVALID');
    expect(await refusal(cdn.sendCode(ann.phone ?? ''))).toBe('400 CDN_METHOD_INVALID');
    expect(
      await refusal(cdn.call(new messages.GetDhConfigRequest({ version: 0, randomLength: 0 }))),
    ).toBe('400 CDN_METHOD_INVALID');
    expect(await refusal(ask(content(32)))).toBe('400 FILE_TOKEN_INVALID');
    expect(await refusal(ask(content(32), 0, BLOCK, anns))).toBe('404 METHOD_INVALID');
    expect(await refusal(anns.call(new tl.auth.ExportAuthorizationRequest({ dcId: 203 })))).toBe(
      '400 DC_ID_INVALID',
    );
  });
});
