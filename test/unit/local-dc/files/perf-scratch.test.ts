import * as tl from '@tlgen/telegram';
import { messages, upload } from '@tlgen/telegram';
import { LocalDc } from '@tlgen/local-dc';
import { schema } from '@tlgen/telegram/schema';
import { it } from 'vitest';
import { Client } from '../../../../packages/runtime/src/client/client.js';
import { MemoryStorage } from '../../../../packages/runtime/src/storage/memory.js';
import { content, documentMedia } from './support.js';
it('200', async () => {
  const dc = await LocalDc.start({ });
  const ann = await dc.createUser();
  const c = new Client({ schema, storage: new MemoryStorage(), ...dc.clientOptions });
  await c.connect(); await c.signIn({ phone: ann.phone, code: dc.loginCode });
  const part = content(512 * 1024);
  for (const mib of [100, 100.5, 200, 101]) {
    const total = Math.floor(mib) * 2; const id = BigInt(Math.floor(mib * 10));
    let t = Date.now();
    for (let i = 0; i < total; i += 4)
      await Promise.all([0, 1, 2, 3].map((k) => c.invoke(new upload.SaveBigFilePartRequest({ fileId: id, filePart: i + k, fileTotalParts: total, bytes: part }))));
    const up = Date.now() - t; t = Date.now();
    const r = (await c.invoke(new messages.SendMediaRequest({ peer: new tl.InputPeerSelf(), message: '', randomId: id, media: documentMedia(new tl.InputFileBig({ id, parts: total, name: 'x' })) }))) as tl.Updates;
    const make = Date.now() - t; t = Date.now();
    const m = r.updates.flatMap((u) => ('message' in u && u.message instanceof tl.Message ? [u.message] : []))[0]!;
    const document = (m.media as tl.MessageMediaDocument).document as tl.Document;
    const location = new tl.InputDocumentFileLocation({ ...document, thumbSize: '' });
    for (let i = 0; i < Math.floor(mib) - 3; i += 4)
      await Promise.all([0, 1, 2, 3].map((k) => c.invoke(new upload.GetFileRequest({ location, offset: BigInt((i + k) * 1024 * 1024), limit: 1024 * 1024 }))));
    process.stderr.write(`${mib} MiB: up ${up} ms, make ${make} ms, down ${Date.now() - t} ms, rss ${Math.round(process.memoryUsage().rss / 1e6)} MB, ab ${Math.round(process.memoryUsage().arrayBuffers / 1e6)}\n`);
  }
  await c.close(); await dc.close();
}, 120000);
