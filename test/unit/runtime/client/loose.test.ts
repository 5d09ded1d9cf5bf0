import { LocalDc } from '@tlgen/local-dc';
import { Client, MemoryStorage } from '@tlgen/runtime';
import { schema } from '@tlgen/telegram/schema';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';

it('sends by username, in order, marked up', async () => {
  await using dc = await LocalDc.start();
  const alice = await dc.createUser({ firstName: 'Alice' });
  const bob = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'tlgen-')), 'a.session');
  await using a = new Client({
    schema,
    storage: file,
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
  await using b = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
  await a.signIn({ phone: alice.phone ?? '', code: '22222' });
  await b.signIn({ phone: bob.phone ?? '', code: '22222' });
  await a.api.messages.sendMessage({ peer: 'bobby', message: '<b>Hi</b>', parseMode: 'html' });
  const sent = await a.sendText('@bobby', 'x '.repeat(3000));
  expect(sent.length).toBe(2);
  const got = await b.peers.history(alice.id).all();
  expect(got.length).toBe(3);
  expect(got.at(-1)).toMatchObject({ message: 'Hi' });
  expect((await a.me()).firstName).toBe('Alice');
  expect((await a.peers.info('me')).type).toBe('user');
  expect(typeof (await a.exportSession('mtcute'))).toBe('string');
  expect(dc.refusals.count).toBe(0);
});

it('takes what client.peers tells of a peer, where a peer is expected', async () => {
  await using dc = await LocalDc.start();
  const alice = await dc.createUser({ firstName: 'Alice' });
  await dc.createUser({ firstName: 'Bob', username: 'bobby' });
  const storage = new MemoryStorage();
  await using client = new Client({
    schema,
    storage,
    ...dc.clientOptions,
    logger: { to: 'none' },
  });
  await client.signIn({ phone: alice.phone, code: '22222' });
  const info = await client.peers.info('bobby');
  await client.api.messages.sendMessage({ peer: info, message: 'by info' });
  const [dialog] = await client.peers.dialogs().all();
  if (!dialog) throw new Error('there is a dialog');
  await client.api.messages.sendMessage({ peer: dialog, message: 'by dialog' });
  await client.sendText(dialog, 'by dialog, again');
  const read = await client.peers.history(info).all();
  expect(read.map((one) => 'message' in one && one.message)).toEqual([
    'by dialog, again',
    'by dialog',
    'by info',
  ]);
});
