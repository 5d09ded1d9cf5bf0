import { inspect } from 'node:util';
import { account, base, contacts, help, messages } from '@tlgen/telegram';
import { RpcFault, type LocalDc } from '@tlgen/local-dc';
import { describe, expect, it, vi } from 'vitest';
import {
  EncryptedStorage,
  importSession,
  MemoryStorage,
  StringSession,
  type PartialSettings,
  type StorageDriver,
} from '../../../../packages/runtime/src/index.js';
import { nodeCrypto } from '../../../../packages/runtime/src/crypto/provider/node.js';
import { readKey, SPACE } from '../../../../packages/runtime/src/storage/records.js';
import { clientOf, Dialler, startDc } from './settings-effect-setup.js';

const CODE = '81726';
const PASSWORD = 'open sesame';
const TEXT = 'the heron nests at noon';

/** All that a client may say: lines of its log, events, and what its methods throw. */
class Heard {
  readonly lines: string[] = [];
  readonly errors: string[] = [];

  client(dc: LocalDc, settings: PartialSettings & { storage?: StorageDriver } = {}) {
    const to = (line: string): unknown => this.lines.push(line);
    const client = clientOf(dc, { ...settings, logger: { to, level: 'ultra-verbose' } });
    client.on('error', (error) => this.note(error));
    client.on('connection', ({ state }) => this.lines.push(inspect(state, { depth: 8 })));
    client.on('signed-out', ({ reason }) => this.lines.push(reason));
    return client;
  }

  /** What fails, and has to. */
  async failing(promise: Promise<unknown>): Promise<void> {
    const error = await promise.then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(error).toBeInstanceOf(Error);
    this.note(error as Error);
  }

  private note(error: Error): void {
    this.errors.push(inspect(error, { depth: 8 }), String(error.stack));
    for (let cause: unknown = error; cause instanceof Error; cause = cause.cause)
      this.errors.push(cause.message, String(cause.stack));
  }

  get all(): string {
    return [...this.lines, ...this.errors].join('\n');
  }
}

/** Ways in which bytes get into a text. */
const spellings = (bytes: Uint8Array): string[] => {
  const buffer = Buffer.from(bytes);
  return [
    buffer.toString('hex'),
    buffer.toString('base64').slice(0, 24),
    buffer.toString('base64url').slice(0, 24),
    buffer.subarray(0, 8).toString('hex'),
    // As `inspect` prints them.
    [...buffer.subarray(0, 8)].join(', '),
    [...buffer.subarray(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join(' '),
  ];
};

/** Auth keys that a storage holds, of any data center. */
async function keysIn(storage: MemoryStorage): Promise<Uint8Array[]> {
  const entries = await storage.list(SPACE.key);
  return entries.map(([, value]) => readKey(value).key);
}

describe('nothing secret', () => {
  it('is in what a client says, from sign-in to log-out, of calls that go well and of those that fail', async () => {
    const dc = await startDc({ loginCode: CODE, dataCenters: [2, 4] });
    const heard = new Heard();
    const ada = await dc.createUser({ phone: '99966255501', password: PASSWORD, dcId: 4 });
    const bot = await dc.createUser({ bot: true });
    const friend = await dc.createUser({ username: 'ada_friend', phone: '99966255502' });
    const { apiHash } = dc.clientOptions;
    const keys: Uint8Array[] = [];
    const sessions: string[] = [];

    // A person, with mistakes on the way.
    const storage = new MemoryStorage();
    const proxy = new Dialler();
    const client = heard.client(dc, { storage, connection: { proxy } });
    await heard.failing(client.signIn({ phone: ada.phone, code: '51423' }));
    await heard.failing(client.signIn({ phone: ada.phone, code: CODE, password: 'close sesame' }));
    await client.signIn({ phone: ada.phone, code: CODE, password: PASSWORD });
    const address = { host: '127.0.0.1', port: 443 };
    for (const format of ['tlgen', 'gramjs', 'pyrogram', 'mtcute'] as const)
      sessions.push(await client.exportSession(format, { address }));
    await client.sendText('@ada_friend', TEXT);
    await client.api.messages.sendMessage({ peer: '@ada_friend', message: TEXT });

    // Calls that fail: at the server, before they are sent, and by a break.
    const request = new messages.SendMessageRequest({
      peer: new base.InputPeerUser({ userId: friend.id, accessHash: 5n }),
      message: TEXT,
      randomId: 5n,
    });
    await heard.failing(client.invoke(request));
    dc.floodWait(messages.SendMessageRequest, 1000);
    await heard.failing(client.sendText('@ada_friend', TEXT));
    await heard.failing(client.sendText('@nobody_like_this', TEXT));
    await heard.failing(client.sendText('@ada_friend', `${TEXT} *`, { parseMode: 'markdownv2' }));
    await heard.failing(client.peers.resolve('+99966255599'));
    await heard.failing(client.peers.resolve(123_456_789n));
    await heard.failing(client.api.messages.sendMessage({ peer: 'me', message: 5 as never }));
    await heard.failing(
      client.api.contacts.importContacts({ contacts: [{ phone: '99966255502' }] as never }),
    );
    dc.handle(contacts.ResolvePhoneRequest, () => {
      throw new RpcFault(500, 'INTERNAL');
    });
    client.configure({ maxTries: { query: 2 } });
    await heard.failing(client.peers.resolve('+99966255598'));
    dc.handle(messages.SendMessageRequest, () => new Promise<never>(() => undefined));
    await heard.failing(client.sendText('me', TEXT, { timeout: 50 }));
    proxy.last.socket.close();
    await client.invoke(new help.GetNearestDcRequest());
    await client.invoke(new account.UpdateStatusRequest({ offline: true }), { dc: 2 });

    // What comes by itself, and a handler that fails at it.
    client.on('raw-update', () => {
      throw new Error('of the program');
    });
    dc.send(friend.id, ada.id, TEXT);
    await vi.waitFor(() => expect(heard.all).toContain('of the program'), { timeout: 10_000 });

    // Two clients on one session, an account that is signed in, and the end.
    await heard.failing(heard.client(dc, { storage }).connect());
    await heard.failing(client.signIn({ botToken: bot.token }));
    keys.push(...(await keysIn(storage)));
    await client.logOut();
    await heard.failing(client.signIn({ botToken: `${bot.id}:AAwrongTOKENofABot` }));

    // A bot, on a storage that others cannot read; and a session as text.
    const inner = new MemoryStorage();
    const sealed = (passphrase: string): StorageDriver =>
      new EncryptedStorage(inner, { passphrase, crypto: nodeCrypto });
    const robot = heard.client(dc, { storage: sealed('battery staple') });
    await robot.signIn({ botToken: bot.token });
    sessions.push(await robot.exportSession());
    await robot.close();
    await heard.failing(heard.client(dc, { storage: sealed('wrong staple') }).connect());
    await heard.failing(
      (async () => heard.client(dc, { storage: new StringSession(`${sessions[0]}x`) }).connect())(),
    );
    await heard.failing(importSession(new MemoryStorage(), `${sessions[1]}=broken`));

    // By QR, and a sign-in that the server ends.
    const third = heard.client(dc);
    const urls: string[] = [];
    await heard.failing(
      third.signIn({ qr: (code: unknown) => void urls.push(inspect(code)), timeout: 300 } as never),
    );
    await third.signIn({ phone: friend.phone, code: CODE });
    dc.duplicateKey(friend);
    await heard.failing(third.invoke(new account.UpdateStatusRequest({ offline: true })));

    expect(keys.length).toBeGreaterThan(0);
    expect(sessions.length).toBe(5);
    const qr = urls.flatMap((url) => /token=([\w-]+)/.exec(url)?.[1] ?? []);
    expect(qr.length).toBeGreaterThan(0);
    const secrets = [
      CODE,
      '51423',
      'sesame',
      'staple',
      bot.token.split(':')[1]!,
      'AAwrongTOKENofABot',
      ada.phone,
      friend.phone,
      apiHash,
      TEXT,
      ...sessions,
      ...sessions.map((text) => text.slice(0, 40)),
      ...qr,
      ...keys.flatMap(spellings),
    ];
    // A PeerError names who was looked up, as the caller gave it; no log does.
    expect(heard.lines.join('\n')).not.toMatch(/9996625559[89]/);
    expect(heard.lines.length).toBeGreaterThan(30);
    expect(heard.errors.length).toBeGreaterThan(60);
    const found = secrets.filter((secret) => heard.all.includes(secret));
    expect(
      found.map((secret) => [
        secret,
        [...heard.lines, ...heard.errors].filter((text) => text.includes(secret)).slice(0, 3),
      ]),
    ).toEqual([]);
  });
});
