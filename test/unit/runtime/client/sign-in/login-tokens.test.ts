import { describe, expect, it } from 'vitest';
import {
  keepToken,
  storedTokens,
} from '../../../../../packages/runtime/src/client/sign-in/login-tokens.js';
import { MemoryStorage } from '../../../../../packages/runtime/src/index.js';

const token = (n: number, length = 64): Uint8Array => new Uint8Array(length).fill(n);

describe('login tokens', () => {
  it('are kept, the newest twenty, each once, apart for test servers', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    const tokens = storedTokens(storage, 'main');
    expect(await tokens.load()).toEqual([]);
    for (let n = 1; n <= 25; n++) await keepToken(tokens, token(n));
    expect(await tokens.load()).toEqual(Array.from({ length: 20 }, (_, at) => token(25 - at)));
    await keepToken(tokens, token(10));
    expect((await tokens.load())[0]).toEqual(token(10));
    expect(await tokens.load()).toHaveLength(20);
    expect(await storedTokens(storage, 'test').load()).toEqual([]);
    await tokens.save([]);
    expect(await storage.list('login-token')).toEqual([]);
  });

  it('are not kept when there is none, or one of no sane size', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    const tokens = storedTokens(storage, 'main');
    await keepToken(tokens, undefined);
    await keepToken(tokens, token(1, 0));
    await keepToken(tokens, token(1, 4097));
    expect(await storage.list('login-token')).toEqual([]);
    await keepToken(tokens, token(1, 4096));
    expect(await tokens.load()).toEqual([token(1, 4096)]);
  });

  it('that cannot be read keep nobody out', async () => {
    const storage = new MemoryStorage();
    await storage.open();
    const tokens = storedTokens(storage, 'main');
    for (const [bytes, expected] of [
      [[], []],
      [[2, 0, 1, 7], []],
      [[1, 0], []],
      [[1, 0, 0], []],
      [[1, 0, 2, 7], []],
      [[1, 0, 1, 7, 0xff, 0xff, 1], [new Uint8Array([7])]],
    ] as const) {
      const value = new Uint8Array(bytes);
      await storage.commit([{ space: 'login-token', key: 'main', value }]);
      expect(await tokens.load()).toEqual(expected);
    }
    const many = new Uint8Array([1, ...Array.from({ length: 30 }, () => [0, 1, 7]).flat()]);
    await storage.commit([{ space: 'login-token', key: 'main', value: many }]);
    expect(await tokens.load()).toHaveLength(20);
  });
});
