import { LocalDc } from '@tlgen/local-dc';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startSocks5 } from '../support/proxies/socks5-server.js';
import {
  GRAMJS_TRANSPORTS,
  type GramjsOptions,
  type GramjsTransport,
} from '../support/strangers/gramjs.js';
import { gramjsTalker } from '../support/strangers/gramjs-talker.js';
import { strangerSchemas } from '../support/strangers/layers.js';
import { expectNoSockets } from '../support/strangers/leftovers.js';
import { newPerson } from '../support/strangers/people.js';
import { converse, type Talker } from '../support/strangers/talker.js';

const SECRET = '000102030405060708090a0b0c0d0e0f';
const credentials = { username: 'proxy user', password: 'proxy password' };

let dc: LocalDc;
let socks5: Awaited<ReturnType<typeof startSocks5>>;
beforeAll(async () => {
  dc = await LocalDc.start({ layers: await strangerSchemas(), proxySecrets: [SECRET] });
  socks5 = await startSocks5({ credentials });
});
afterAll(async () => {
  await socks5.close();
  expect([...dc.unhandled]).toEqual([]);
  await dc.close();
  await expectNoSockets();
});

const open: Talker[] = [];
afterEach(async () => {
  const closing = open.splice(0);
  await Promise.all(closing.map((one) => one.close()));
  // GramJS begins with the salt 0 instead of the one that both nonces make, and takes the server's correction. Nothing
  // else of what it does is refused.
  const refused = dc.refusals.list.map(({ kind, code }) => `${kind} ${code}`);
  expect(refused).toEqual(closing.map(() => 'bad-salt 48'));
  dc.refusals.clear();
});

async function signIn(
  kind: GramjsTransport,
  fields: Parameters<typeof newPerson>[1] = {},
): Promise<{ talker: Talker; username: string }> {
  const options: GramjsOptions =
    kind === 'socks5'
      ? { proxy: { ...socks5, ...credentials } }
      : kind === 'mtproxy plain'
        ? { proxy: { host: dc.host, port: dc.port, secret: SECRET } }
        : {};
  const { username, account } = await newPerson(dc, fields);
  const talker = await gramjsTalker(dc, kind, account, options);
  open.push(talker);
  return { talker, username };
}

describe('GramJS 2.26.22, layer 198', () => {
  it.each(GRAMJS_TRANSPORTS)(
    'signs in by phone code and exchanges messages over %s',
    async (kind) => {
      await converse(await signIn(kind), await signIn(kind));
      if (kind === 'socks5') expect(socks5.accepted).toBe(2);
    },
  );

  it('signs in as a bot, and with a 2FA password', async () => {
    await converse(
      await signIn('full', { bot: true }),
      await signIn('full', { password: 'secret' }),
    );
  });
});
