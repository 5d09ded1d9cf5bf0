import { describe, expect, it } from 'vitest';
import {
  uploadEncrypted,
  uploadFile,
} from '../../../../../packages/runtime/src/files/upload/index.js';
import { content, MIB, PART, stream } from './support/content.js';
import { fakeContext } from './support/fake-context.js';

/** Lets everything happen that can. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 60; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** A server that answers when it is told to. */
class Gate {
  private readonly waiting: (() => void)[] = [];
  readonly before = (): Promise<void> => new Promise((resolve) => this.waiting.push(resolve));

  open(): boolean {
    const next = this.waiting.shift();
    next?.();
    return next !== undefined;
  }
}

describe('parts under way', () => {
  it.each([1, 2, 5, 32])('are never more than %i, and so many when they may', async (parallel) => {
    for (const upload of [uploadFile, uploadEncrypted]) {
      const { context, server } = await fakeContext({ seed: parallel });
      server.before = () => new Promise((resolve) => setImmediate(resolve));
      await upload(context, content(20 * MIB), { parallel });
      expect(server.mostInFlight).toBe(parallel);
      expect(server.inFlight).toBe(0);
    }
  });

  it('are as many as the settings say, without an option', async () => {
    const { context, server } = await fakeContext();
    await uploadFile(context, content(20 * MIB));
    expect(server.mostInFlight).toBe(4);
  });

  it.each([
    ['known', 22 * MIB],
    ['unknown', undefined],
  ])('hold the source back while the server is slow, of %s size', async (_, size) => {
    for (const upload of [uploadFile, uploadEncrypted]) {
      const { context, server } = await fakeContext();
      const gate = new Gate();
      server.before = gate.before;
      const bytes = content(22 * MIB);
      const watched = { given: 0, closed: 0 };
      const chunk = 65_536;
      const sent = upload(context, stream(bytes, watched, chunk), { parallel: 3, size });
      const heldBack = size === undefined ? 10 * MIB : 0;
      for (let answered = 0; ; answered += 1) {
        await settled();
        const most = Math.max(heldBack + PART, (answered + 3 + 1) * PART) + chunk;
        expect(watched.given).toBeLessThanOrEqual(most);
        if (!gate.open()) break;
      }
      await sent;
      expect(watched).toEqual({ given: bytes.length, closed: 1 });
      expect(server.saved.length).toBe(44);
    }
  });

  it.each([0, 33, 1.5, Number.NaN, -1])('cannot be %s', async (parallel) => {
    const { context, server } = await fakeContext();
    const sent = uploadFile(context, content(10), { parallel });
    await expect(sent).rejects.toMatchObject({ code: 'BAD_OPTION', option: 'parallel' });
    expect(server.calls).toEqual([]);
  });
});
