import { LocalDc, type TestUser } from '@tlgen/local-dc';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { Api, GRAMJS_TRANSPORTS, gramjsClient } from '../support/strangers/gramjs.js';
import { strangerSchemas } from '../support/strangers/layers.js';

let dc: LocalDc;
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas(), logger: (l, m) => console.log(l, m) });
});
afterAll(() => dc.close());

describe('GramJS', () => {
  it.each(['full'] as const)('%s', async (kind) => {
    const ann = await dc.createUser({ firstName: 'Ann' });
    const client = gramjsClient(dc, kind);
    await client.start({
      phoneNumber: async () => ann.phone ?? '',
      phoneCode: async () => dc.loginCode,
      onError: (e) => { console.log(e); throw e; },
    });
    console.log(await client.getMe());
    await client.destroy();
    expect([...dc.refusals]).toEqual([]);
  });
});
