import { expect, it } from 'vitest';
import { UploadLog } from '../../../../../packages/runtime/src/files/upload/upload-log.js';
import { fakeContext } from './support/fake-context.js';

const FACTS = { user: null, encrypted: false, small: true, size: 7, name: null, version: null };
const first = Uint8Array.of(1, 2, 3);

it('lists nothing after its end: the place may be another upload’s by then', async () => {
  const { context, store } = await fakeContext();
  const place = { store, key: 'u' };
  const log = await UploadLog.begin(context, place, FACTS, first);
  await log.arrived(0, false, log.digest(first));
  const listed = await store.get('upload-parts', 'u');
  expect(listed).not.toBeNull();
  log.end();
  await log.arrived(1, true, log.digest(first));
  expect(await store.get('upload-parts', 'u')).toEqual(listed);
  await log.remove();
  await log.arrived(1, true, log.digest(first));
  expect(await store.list('upload-parts')).toEqual([]);
});

it('goes on with what is on disk, and knows how far that is', async () => {
  const { context, store } = await fakeContext();
  const place = { store, key: 'u' };
  const facts = { ...FACTS, encrypted: true };
  const log = await UploadLog.begin(context, place, facts, first);
  const chain = (index: number): Uint8Array => new Uint8Array(32).fill(index + 1);
  // Parts 0, 1, 2 and 4 are encrypted; 1 is still on its way.
  for (const index of [0, 1, 2, 3, 4]) log.noteChain(index, chain(index));
  for (const index of [0, 4, 2]) await log.arrived(index, false, log.digest(first));
  const again = await UploadLog.begin(context, place, facts, first);
  expect(again.record).toEqual(log.record);
  expect([again.encrypted, again.chain]).toEqual([1, chain(0)]);
  expect([0, 1, 2, 3, 4, 5].filter((index) => again.isDone(index))).toEqual([0, 2, 4]);
  await again.arrived(1, false, again.digest(first));
  again.noteChain(1, chain(1));
  expect([again.encrypted, again.chain]).toEqual([2, chain(1)]);
  again.noteChain(2, chain(2));
  expect([again.encrypted, again.chain]).toEqual([3, chain(2)]);
  again.noteChain(1, chain(9));
  expect([again.encrypted, again.chain]).toEqual([3, chain(2)]);
});
