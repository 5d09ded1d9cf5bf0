import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import { describe, expect, it } from 'vitest';
import { createAccount } from '../../../../packages/local-dc/src/world/accounts.js';
import { randomNumber, seededCrypto } from '../../../../packages/local-dc/src/world/seeded.js';
import { World } from '../../../../packages/local-dc/src/world/world.js';

const world = (seed: string): World =>
  new World({
    crypto: seededCrypto(platformCrypto, seed),
    now: () => 1_700_000_000.9,
    dataCenters: [2, 4],
    loginCode: '22222',
    deliver: () => {},
    deliverToKey: () => {},
  });

describe('createAccount', () => {
  it('gives free test phones of the data center, and tokens to bots', async () => {
    const one = world('a');
    const users = [];
    for (const fields of [{}, { phone: '9996620002' }, {}, { dcId: 4 }, { bot: true }])
      users.push(await createAccount(one, fields));
    expect(users.map(({ phone }) => phone)).toEqual([
      '9996620001',
      '9996620002',
      '9996620003',
      '9996640001',
      null,
    ]);
    expect(users[4]?.token).toMatch(/^\d+:[\w-]{35}$/);
    expect(new Set(users.map(({ id }) => id)).size).toBe(5);
    expect(one.userByPhone('9996640001')?.dcId).toBe(4);
    expect(one.userByToken(users[4]?.token ?? '')).toBe(users[4]);
    expect(one.userByUsername('LOCAL_5_BOT')).toBe(users[4]);
    expect(one.now()).toBe(1_700_000_000);
  });

  it('gives accounts that are made side by side different phones, and the same ones for a seed', async () => {
    const made = async (seed: string) => {
      const one = world(seed);
      const fields = [{ password: 'a' }, { password: 'b' }, {}, { bot: true }];
      return Promise.all(fields.map((each) => createAccount(one, each)));
    };
    const users = await made('a');
    expect(users.map(({ phone }) => phone)).toEqual([
      '9996620001',
      '9996620002',
      '9996620003',
      null,
    ]);
    const told = (all: typeof users) => all.map(({ id, phone, token }) => [id, phone, token]);
    expect(told(await made('a'))).toEqual(told(users));
  });

  it('refuses a phone or name that is being given away', async () => {
    const one = world('a');
    const fields = { phone: '9996620007', username: 'only_one', password: 'x' };
    const both = await Promise.allSettled([createAccount(one, fields), createAccount(one, fields)]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  });

  it('refuses kinds of code that are none, and a recovery address without a password', async () => {
    const one = world('a');
    const codeTypes = ['pigeon' as 'sms'];
    await expect(createAccount(one, { codeTypes })).rejects.toThrow('pigeon is no kind');
    const recoveryEmail = 'a@example.org';
    await expect(createAccount(one, { recoveryEmail })).rejects.toThrow('for a password');
    expect(one.users.size).toBe(0);
  });

  it('gives a bot a name that is free', async () => {
    const one = world('a');
    await createAccount(one, { username: 'local_2_bot' });
    const bot = await createAccount(one, { bot: true });
    expect(bot.username).toBe('local_3_bot');
  });
});

describe('access hashes', () => {
  it('differ by viewer, by whom they name and by world, and stay', () => {
    const one = world('a');
    const hash = one.accessHash(1n, 'user:2');
    const others = [
      one.accessHash(2n, 'user:2'),
      one.accessHash(1n, 'user:3'),
      one.accessHash(1n, 'chat:2'),
      world('b').accessHash(1n, 'user:2'),
    ];
    expect(others).not.toContain(hash);
    expect(new Set(others).size).toBe(4);
    expect(world('a').accessHash(1n, 'user:2')).toBe(hash);
  });
});

describe('seeded randomness', () => {
  it('follows from the seed alone, however it is cut', () => {
    const a = seededCrypto(platformCrypto, 5);
    const b = seededCrypto(platformCrypto, 5);
    const whole = a.randomBytes(100);
    const parts = [0, 1, 31, 32, 36].map((size) => b.randomBytes(size));
    expect(Buffer.concat(parts)).toEqual(Buffer.from(whole));
    expect(seededCrypto(platformCrypto, '5').randomBytes(100)).not.toEqual(whole);
    expect(a.sha256(whole)).toEqual(platformCrypto.sha256(whole));
    const numbers = Array.from({ length: 200 }, () => randomNumber(a));
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThan(1);
    expect(new Set(numbers).size).toBe(200);
  });
});
