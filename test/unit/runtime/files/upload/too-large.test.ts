import { expect, it, vi } from 'vitest';
import {
  uploadEncrypted,
  uploadFile,
} from '../../../../../packages/runtime/src/files/upload/index.js';
import { content, PART, stream } from './support/content.js';
import { fakeContext } from './support/fake-context.js';

vi.mock('../../../../../packages/runtime/src/files/upload/limits.js', async (original) => ({
  ...(await original<object>()),
  MAX_PARTS: 24,
}));

it.each([uploadFile, uploadEncrypted])(
  'refuses more parts than any account may send',
  async (upload) => {
    const { context, server } = await fakeContext();
    const most = content(24 * PART);
    for (const source of [most, stream(most)]) {
      const sent = await upload(context, source);
      expect(server.contentOf(sent.inputFile).length).toBe(most.length);
    }
    const more = content(24 * PART + 1);
    const tooLarge = { code: 'TOO_LARGE' };
    server.calls.length = 0;
    await expect(upload(context, more)).rejects.toMatchObject(tooLarge);
    const size = more.length;
    await expect(upload(context, stream(more), { size })).rejects.toMatchObject(tooLarge);
    expect(server.calls).toEqual([]);
    await expect(upload(context, stream(more))).rejects.toMatchObject(tooLarge);
    // Without its last part nobody can send it.
    expect(server.calls.every(({ total, index }) => total === -1 && index < 23)).toBe(true);
  },
);
