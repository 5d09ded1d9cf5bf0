import { LocalDc } from '@tlgen/local-dc';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startHttpProxy } from '../support/proxies/http-connect-server.js';
import { startSocks5 } from '../support/proxies/socks5-server.js';
import type { ProxyAddress } from '../support/strangers/gramjs.js';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { MTCUTE_TRANSPORTS, type MtcuteTransport } from '../support/strangers/mtcute.js';
import { mtcuteTalker } from '../support/strangers/mtcute-talker.js';
import { newPerson } from '../support/strangers/people.js';
import { converse, type Talker } from '../support/strangers/talker.js';

const PLAIN = '000102030405060708090a0b0c0d0e0f';
const SECRETS: Readonly<Record<string, string>> = {
  'mtproxy plain': PLAIN,
  'mtproxy dd': `dd${PLAIN}`,
  'mtproxy ee': `ee${PLAIN}${Buffer.from('example.org').toString('hex')}`,
};
const credentials = { username: 'proxyuser', password: 'proxypassword' };

let dc: LocalDc;
let socks5: Awaited<ReturnType<typeof startSocks5>>;
let http: Awaited<ReturnType<typeof startHttpProxy>>;
beforeAll(async () => {
  dc = await LocalDc.start({
    layers: await strangerSchemas(),
    proxySecrets: Object.values(SECRETS),
  });
  // Other bound addresses it cannot read: see strangers-defects.test.ts.
  socks5 = await startSocks5({ credentials, bound: 'ipv4' });
  http = await startHttpProxy({ credentials });
});
afterAll(async () => {
  await socks5.close();
  await http.close();
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
});

const open: Talker[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
  expect([...dc.refusals]).toEqual([]);
});

function proxyOf(kind: MtcuteTransport): { proxy: ProxyAddress } | undefined {
  if (kind === 'socks5') return { proxy: { ...credentials, host: socks5.host, port: socks5.port } };
  if (kind === 'http proxy') return { proxy: { ...credentials, host: http.host, port: http.port } };
  const secret = SECRETS[kind];
  return secret === undefined ? undefined : { proxy: { host: dc.host, port: dc.port, secret } };
}

async function signIn(
  kind: MtcuteTransport,
  fields: Parameters<typeof newPerson>[1] & { pfs?: boolean } = {},
): Promise<{ talker: Talker; username: string }> {
  const { pfs = false, ...person } = fields;
  const { username, account } = await newPerson(dc, person);
  const talker = await mtcuteTalker(dc, kind, account, { pfs, ...proxyOf(kind) });
  open.push(talker);
  return { talker, username };
}

describe('mtcute 0.30.3, layer 227', () => {
  it.each(MTCUTE_TRANSPORTS)(
    'signs in by phone code and exchanges messages over %s',
    async (kind) => {
      await converse(await signIn(kind), await signIn(kind, { pfs: true }));
    },
  );

  it('signs in as a bot, and with a 2FA password', async () => {
    await converse(
      await signIn('intermediate', { bot: true }),
      await signIn('obfuscated', { password: 'secret' }),
    );
  });
});
