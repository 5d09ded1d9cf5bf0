import { LocalDc } from '@tlgen/local-dc';
import { upload } from '@tlgen/telegram';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { person } from '../../../end-to-end/people.js';

const PART = 512 * 1024;
const BYTES = new Uint8Array(8 * PART).fill(3);

let dc: LocalDc;
let most = 0;
let hoped = 0;
beforeAll(async () => {
  dc = await LocalDc.start();
  let now = 0;
  dc.handle(upload.SaveFilePartRequest, async (_, context) => {
    most = Math.max(most, ++now);
    try {
      // Long enough for all that may come at once to have come; longer until as many have as are hoped for.
      const enough = (): boolean => most >= hoped;
      for (let waited = 0; waited < 50 || (!enough() && waited < 5000); waited += 10) {
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      return await context.next();
    } finally {
      now--;
    }
  });
});
afterAll(() => dc.close());

it.each([1, 3])(
  'files.parallel: %i parts of a transfer are under way at one time',
  async (parallel) => {
    await using one = await person(dc, await dc.createUser(), { files: { parallel } });
    [most, hoped] = [0, parallel];
    await one.client.files.upload(BYTES);
    expect(most).toBe(parallel);
    // It may be changed, and a transfer may say otherwise.
    one.client.configure({ files: { parallel: 2 } });
    [most, hoped] = [0, 2];
    await one.client.files.upload(BYTES);
    expect(most).toBe(2);
    [most, hoped] = [0, 4];
    await one.client.files.upload(BYTES, { parallel: 4 });
    expect(most).toBe(4);
  },
);

it.each([1, 3])('files.connections: files take up to %i of them', async (connections) => {
  const files = { connections, parallel: 16 };
  await using one = await person(dc, await dc.createUser(), { files });
  let open = 0;
  one.client.on('connection', ({ kind, state }) => {
    if (kind === 'media' && state.type === 'ready') open++;
  });
  await Promise.all([1, 2, 3].map(() => one.client.files.upload(BYTES)));
  expect(open).toBe(connections);
});
