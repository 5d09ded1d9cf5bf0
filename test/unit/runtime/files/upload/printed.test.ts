import { inspect } from 'node:util';
import { expect, it } from 'vitest';
import { uploadEncrypted } from '../../../../../packages/runtime/src/files/upload/index.js';
import { fakeContext } from './support/fake-context.js';

it('an encrypted upload is printed and written as JSON without its key', async () => {
  const { context } = await fakeContext();
  const upload = await uploadEncrypted(context, new Uint8Array(5), { name: 'a.bin' });
  for (const text of [inspect(upload), inspect({ upload }, { depth: 9 }), JSON.stringify(upload)]) {
    expect(text).toContain('a.bin');
    expect(text).not.toMatch(/key|iv"?:|fingerprint/i);
  }
});
