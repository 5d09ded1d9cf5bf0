import { createRequire } from 'node:module';
import { readStringSession, writeStringSession } from '@mtcute/core/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSession,
  writeSession,
  type SessionData,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { fullSessions, hostNames, ipv4s, ipv6s, runs } from './arbitrary.js';

const require = createRequire(import.meta.url);

/** What GramJS and teleproto have in common. */
interface GramSession {
  readonly dcId: number;
  readonly serverAddress: string;
  readonly port: number;
  readonly authKey: { getKey(): Uint8Array } | undefined;
  setDC(dcId: number, host: string, port: number): void;
  setAuthKey(key: unknown): void;
  load(): Promise<void>;
  save(): string;
}
interface GramLibrary {
  readonly StringSession: new (text: string) => GramSession;
  readonly AuthKey: new () => { setKey(key: Buffer): Promise<void> };
}
const libraryOf = (name: string): GramLibrary => ({
  ...(require(`${name}/sessions`) as Pick<GramLibrary, 'StringSession'>),
  ...(require(`${name}/crypto/AuthKey`) as Pick<GramLibrary, 'AuthKey'>),
});

/** GramJS keeps a byte of the length free of a sign. */
const signedPorts = fc.integer({ min: 1, max: 32_767 });
const addresses = fc.oneof(ipv4s, ipv6s, hostNames);
const cannot = (): unknown => expect.objectContaining({ code: 'CANNOT_EXPORT' });

describe.each([
  ['GramJS 2.26.22', 'telegram'],
  ['teleproto 1.229.0', 'teleproto'],
])('%s', (_, name) => {
  const { StringSession, AuthKey } = libraryOf(name);
  const save = async (dcId: number, host: string, port: number, key: Uint8Array) => {
    const session = new StringSession('');
    session.setDC(dcId, host, port);
    const authKey = new AuthKey();
    await authKey.setKey(Buffer.from(key));
    session.setAuthKey(authKey);
    return session.save();
  };

  it('writes, and we read', () =>
    fc.assert(
      fc.asyncProperty(
        fullSessions,
        addresses,
        signedPorts,
        async ({ dcId, authKey }, host, port) => {
          const text = await save(dcId, host, port, authKey);
          const address = { host, port };
          const expected = { format: 'gramjs', dcId, testMode: false, authKey, address };
          expect(readSession(text)).toEqual(expected);
          // What we write of it is the same, to the byte.
          expect(writeSession(readSession(text), 'gramjs')).toBe(text);
        },
      ),
      runs(50),
    ));

  it('reads what we write, and saves the same', () =>
    fc.assert(
      fc.asyncProperty(fullSessions, addresses, signedPorts, async (data, host, port) => {
        const text = writeSession({ ...data, address: { host, port } }, 'gramjs');
        const session = new StringSession(text);
        await session.load();
        expect(session.dcId).toBe(data.dcId);
        expect(session.serverAddress).toBe(host);
        expect(session.port).toBe(port);
        expect(new Uint8Array(session.authKey?.getKey() ?? [])).toEqual(data.authKey);
        expect(session.save()).toBe(text);
      }),
      runs(50),
    ));

  it('reads our Telethon strings with IPv4 and IPv6', () =>
    fc.assert(
      fc.asyncProperty(
        fullSessions,
        fc.oneof(ipv4s, ipv6s),
        signedPorts,
        async (data, host, port) => {
          const text = writeSession({ ...data, address: { host, port } }, 'telethon');
          const session = new StringSession(text);
          await session.load();
          expect(session.dcId).toBe(data.dcId);
          expect(new Uint8Array(session.authKey?.getKey() ?? [])).toEqual(data.authKey);
          // Its way of writing IPv6 loses zeros, so only the other is compared.
          if (!host.includes(':')) expect(session.serverAddress).toBe(host);
        },
      ),
      runs(50),
    ));

  it('cannot save ports above 32767, and we do not write what it could not', async () => {
    const key = new Uint8Array(256).fill(1);
    await expect(save(2, '149.154.167.51', 32_768, key)).rejects.toThrow(RangeError);
    const data = { dcId: 2, testMode: false, authKey: key };
    const address = { host: '149.154.167.51', port: 32_768 };
    expect(() => writeSession({ ...data, address }, 'gramjs')).toThrow(cannot());
    expect(() => writeSession({ ...data, address }, 'telethon')).not.toThrow();
  });
});

describe('mtcute 0.30.3', () => {
  const dcs = fc.record({
    host: fc.oneof(ipv4s, ipv6s),
    port: fc.integer({ min: 1, max: 65_535 }),
  });
  const optionOf = (
    { host, port }: { host: string; port: number },
    { dcId, testMode }: SessionData,
    mediaOnly: boolean,
  ) => ({ id: dcId, ipAddress: host, port, ipv6: host.includes(':'), mediaOnly, testMode });

  it('writes, and we read: with and without self, media data center, test servers', () => {
    fc.assert(
      fc.property(
        fullSessions,
        dcs,
        fc.option(dcs),
        fc.boolean(),
        (data, main, media, signedIn) => {
          const { dcId, testMode, authKey, userId, bot } = data;
          const mainOption = optionOf(main, data, false);
          const self = signedIn
            ? { userId: Number(userId), isBot: bot, isPremium: false, usernames: [] }
            : null;
          const text = writeStringSession({
            version: 3,
            primaryDcs: {
              main: mainOption,
              media: media ? optionOf(media, data, true) : mainOption,
            },
            self,
            authKey,
          });
          expect(readSession(text)).toEqual({
            format: 'mtcute',
            dcId,
            testMode,
            authKey,
            address: main,
            ...(signedIn && { userId, bot }),
          });
        },
      ),
      runs(100),
    );
  });

  it('reads what we write, and writes the same', () => {
    fc.assert(
      fc.property(fullSessions, dcs, fc.boolean(), (data, address, signedIn) => {
        const { userId, bot } = data;
        const session = { ...data, address, ...(!signedIn && { userId: undefined }) };
        const text = writeSession(session, 'mtcute');
        const read = readStringSession(text);
        expect(read).toEqual({
          version: 3,
          primaryDcs: {
            main: optionOf(address, data, false),
            media: optionOf(address, data, false),
          },
          self: signedIn
            ? { userId: Number(userId), isBot: bot, isPremium: false, usernames: [] }
            : null,
          authKey: data.authKey,
        });
        expect(writeStringSession(read)).toBe(text);
      }),
      runs(100),
    );
  });
});

it('keys of all zeros and all ones pass through every library', () => {
  for (const fill of [0, 255]) {
    const authKey = new Uint8Array(256).fill(fill);
    const text = writeSession({ dcId: 4, testMode: false, authKey }, 'mtcute');
    expect(readStringSession(text).authKey).toEqual(authKey);
    const gram = new (libraryOf('telegram').StringSession)(
      writeSession({ dcId: 4, testMode: false, authKey }, 'gramjs'),
    );
    expect(gram.serverAddress).toBe('149.154.167.91');
  }
});
