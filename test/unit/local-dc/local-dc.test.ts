import { LocalDc, type LocalDcOptions } from '@tlgen/local-dc';
import { afterEach, describe, expect, it } from 'vitest';

const open: LocalDc[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

async function start(options: LocalDcOptions = {}): Promise<LocalDc> {
  const dc = await LocalDc.start({ seed: 1, ...options });
  open.push(dc);
  return dc;
}

describe('LocalDc', () => {
  it('gives the same users and tokens for the same seed', async () => {
    const bots = [];
    for (const seed of ['a', 'a', 'b']) {
      const dc = await start({ seed });
      bots.push((await dc.createUser({ bot: true })).token);
    }
    expect(bots[0]).toBe(bots[1]);
    expect(bots[0]).not.toBe(bots[2]);
  });

  it('refuses options and users that cannot be', async () => {
    await expect(LocalDc.start({ dataCenters: [] })).rejects.toThrow(TypeError);
    await expect(LocalDc.start({ dataCenters: [2, 2] })).rejects.toThrow(TypeError);
    await expect(LocalDc.start({ port: 70_000 })).rejects.toThrow(TypeError);
    const dc = await start();
    await dc.createUser({ phone: '447000000001', username: 'ann_user' });
    await expect(dc.createUser({ phone: '+44 7000 000001' })).rejects.toThrow('taken');
    await expect(dc.createUser({ username: 'ANN_user' })).rejects.toThrow('taken');
    await expect(dc.createUser({ phone: 'x' })).rejects.toThrow('phone number');
    await expect(dc.createUser({ bot: true, phone: '447000000002' })).rejects.toThrow('phone');
    await expect(dc.createUser({ dcId: 4 })).rejects.toThrow('data center 4');
  });

  it('closes: nobody can connect any more, and closing twice is no error', async () => {
    const dc = await start();
    const { port } = dc;
    await dc.close();
    await dc.close();
    expect(() => dc.port).toThrow('closed');
    await expect(fetch(`http://127.0.0.1:${port}/api`, { method: 'POST' })).rejects.toThrow();
  });
});

describe('clientOptions', () => {
  it('name every address and the public key', async () => {
    const dc = await start({ dataCenters: [1, 2] });
    const { dataCenters, rsaKeys, homeDc } = dc.clientOptions;
    expect(new Set(dataCenters.map(({ id }) => id))).toEqual(new Set([1, 2]));
    expect(dataCenters[0]).toMatchObject({ id: 1, host: dc.host, port: dc.port });
    expect(dataCenters[0]?.tls?.ca).toContain('BEGIN CERTIFICATE');
    expect(rsaKeys).toEqual([dc.rsaKey]);
    expect(dc.rsaKey).toContain('BEGIN RSA PUBLIC KEY');
    expect(homeDc).toBe(1);
  });
});
