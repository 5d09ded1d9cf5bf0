import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { base, contacts, help } from '@tlgen/telegram';
import type { LocalDc } from '@tlgen/local-dc';
import { describe, expect, it, vi } from 'vitest';
import {
  MemoryStorage,
  type PartialSettings,
  type StorageChange,
} from '../../../../packages/runtime/src/index.js';
import { hostClock } from '../../../../packages/runtime/src/platform/timers.js';
import { nodePlatform } from '../../../../packages/runtime/src/platform/node.js';
import { clientOf, introductions, startDc } from './settings-effect-setup.js';

const code = '22222';
const nearest = () => new help.GetNearestDcRequest();
const named = (username: string) => new contacts.ResolveUsernameRequest({ username });

/** A client that somebody is signed in with, and the methods it called. */
async function signedIn(
  dc: LocalDc,
  settings: PartialSettings = {},
  storage = new MemoryStorage(),
) {
  const user = await dc.createUser();
  const called: string[] = [];
  const client = clientOf(dc, {
    ...settings,
    storage,
    middleware: [(call, next) => (called.push(call.request._), next(call))],
  });
  await client.signIn({ phone: user.phone, code });
  called.length = 0;
  return { client, user, called };
}

describe('peers', () => {
  it('peers.fullInfoTtl: how long an answer is kept; live', async () => {
    const dc = await startDc();
    const { client, called } = await signedIn(dc, { peers: { fullInfoTtl: 3600 } });
    const asked = () => called.filter((name) => name === 'users.getFullUser').length;
    await client.peers.full('me');
    await client.peers.full('me');
    expect(asked()).toBe(1);
    client.configure({ peers: { fullInfoTtl: 0 } });
    await client.peers.full('me');
    await client.peers.full('me');
    expect(asked()).toBe(3);
  });

  it('peers.fullFetch: whether members are listed; live', async () => {
    const dc = await startDc();
    const { client, user } = await signedIn(dc);
    const friend = await dc.createUser();
    const { id } = dc.createGroup({ title: 'Group', creator: user.id, members: [friend.id] });
    const chat = () => client.peers.chat(-id);
    await client.peers.dialogs().all();
    expect(await chat()).toMatchObject({ participants: undefined });
    client.configure({ peers: { fullFetch: true } });
    expect(await chat()).toMatchObject({ participants: [{}, {}] });
  });

  it.each([false, true])('peers.loadAllAtStart: %s', async (loadAllAtStart) => {
    const dc = await startDc();
    const storage = new MemoryStorage();
    const { client: before, user } = await signedIn(dc, {}, storage);
    await before.close();
    const friend = await dc.createUser();
    dc.send(friend.id, user.id, 'hello');
    const next = clientOf(dc, { storage, peers: { loadAllAtStart } });
    await next.connect();
    const known = next.peers.resolve(friend.id);
    if (loadAllAtStart) expect(await known).toMatchObject({ userId: friend.id });
    else await expect(known).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
  });

  it('peers.resolver: is asked for those nobody knows; live', async () => {
    const dc = await startDc();
    const { client } = await signedIn(dc);
    const { client: other } = await signedIn(dc);
    const friend = await dc.createUser({ username: 'friend_of_all' });
    await expect(client.peers.resolve(friend.id)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
    const resolver = vi.fn(async () => (await client.invoke(named('friend_of_all'))).users[0]!);
    client.configure({ peers: { resolver } });
    expect(await client.peers.resolve(friend.id)).toMatchObject({ userId: friend.id });
    expect(resolver).toHaveBeenCalledTimes(1);
    await expect(other.peers.resolve(friend.id)).rejects.toMatchObject({ code: 'UNKNOWN_PEER' });
  });
});

describe('updates', () => {
  it('updates.enabled: false tells the server to send none; live, off and on again', async () => {
    const dc = await startDc();
    const heard = introductions();
    const { client, user } = await signedIn(dc, { updates: { enabled: false } });
    const friend = await dc.createUser();
    const got: string[] = [];
    client.on('raw-update', (update) => got.push(JSON.stringify(update)));
    const write = (text: string): void => void dc.send(friend.id, user.id, text);
    const arrives = (text: string) =>
      vi.waitFor(() => expect(got.join()).toContain(text), { timeout: 10_000 });
    expect(heard.every(({ withoutUpdates }) => withoutUpdates)).toBe(true);
    write('first words');
    await client.invoke(nearest());
    client.configure({ updates: { enabled: true } });
    await client.invoke(nearest());
    write('second words');
    await arrives('second words');
    client.configure({ updates: { enabled: false } });
    await client.invoke(nearest());
    write('third words');
    await client.invoke(nearest());
    client.configure({ updates: { enabled: true } });
    await client.invoke(nearest());
    write('fourth words');
    await arrives('fourth words');
    expect(got.join()).not.toMatch(/first words|third words/);
    expect(heard.at(-1)!.withoutUpdates).toBe(false);
  });

  it('updates.handler: each update; what it throws or rejects with is told; live', async () => {
    const dc = await startDc();
    const seen: string[] = [];
    const handler = (update: { readonly _: string }): unknown => {
      seen.push(update._);
      if (seen.length === 1) throw new Error('thrown');
      return Promise.reject(new Error('rejected'));
    };
    const { client, user } = await signedIn(dc, { updates: { handler } });
    const errors: Error[] = [];
    client.on('error', (error) => errors.push(error));
    const friend = await dc.createUser();
    dc.send(friend.id, user.id, 'one');
    await vi.waitFor(() => expect(errors).toHaveLength(1), { timeout: 10_000 });
    dc.push(user.id, [new base.UpdateConfig(), new base.UpdateStickerSets({})]);
    await vi.waitFor(() => expect(errors).toHaveLength(3), { timeout: 10_000 });
    expect(errors.map(({ message }) => message)).toEqual(['thrown', 'rejected', 'rejected']);
    expect(seen.slice(-2)).toEqual(['updateConfig', 'updateStickerSets']);
    const other = vi.fn();
    client.configure({ updates: { handler: other } });
    dc.push(user.id, [new base.UpdateConfig()]);
    await vi.waitFor(() => expect(other).toHaveBeenCalledTimes(1), { timeout: 10_000 });
    expect(errors).toHaveLength(3);
  });
});

/** Counts commits of what was seen of users and chats. */
class Counted extends MemoryStorage {
  peers = 0;
  override commit(changes: readonly StorageChange[]): Promise<void> {
    if (changes.some(({ space }) => space === 'peer')) this.peers++;
    return super.commit(changes);
  }
}

describe('saveInterval', () => {
  it('saveInterval 0: each sighting before it is told; seconds: together, later; live', async () => {
    const dc = await startDc();
    for (const n of [1, 2, 3, 4, 5, 6]) await dc.createUser({ username: `somebody_${n}` });
    const storage = new Counted();
    // The timer rings when the test says so.
    const set: { milliseconds: number; ring: () => void }[] = [];
    const clock = {
      ...hostClock,
      after: (milliseconds: number, ring: () => void) => {
        if (milliseconds !== 77_000) return hostClock.after(milliseconds, ring);
        set.push({ milliseconds, ring });
        return { cancel: () => undefined };
      },
    };
    const platform = { ...nodePlatform, clock };
    const client = clientOf(dc, { storage, saveInterval: 0 }, { platform });
    const { phone } = await dc.createUser();
    await client.signIn({ phone, code });
    const before = storage.peers;
    await client.invoke(named('somebody_1'));
    expect(storage.peers).toBe(before + 1);
    await client.invoke(named('somebody_2'));
    expect(storage.peers).toBe(before + 2);
    client.configure({ saveInterval: 77 });
    await client.invoke(named('somebody_3'));
    await client.invoke(named('somebody_4'));
    expect(storage.peers).toBe(before + 2);
    expect(set).toHaveLength(1);
    set[0]!.ring();
    await vi.waitFor(() => expect(storage.peers).toBe(before + 3));
    await client.invoke(named('somebody_5'));
    await client.peers.save();
    expect(storage.peers).toBe(before + 4);
    await client.invoke(named('somebody_6'));
    await client.close();
    expect(storage.peers).toBe(before + 5);
  });
});

describe('logger', () => {
  it('logger.to: none, default, console, or a function; live', async () => {
    const dc = await startDc();
    const out = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const err = vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const client = clientOf(dc, { logger: { to: 'none' } });
    // A connection that is opened says so.
    const speak = async (to: NonNullable<PartialSettings['logger']>['to']): Promise<number[]> => {
      out.mockClear();
      err.mockClear();
      client.configure({ logger: { to } });
      client.configure({ updates: { enabled: !client.settings.updates.enabled } });
      await client.invoke(nearest());
      return [out.mock.calls.length, err.mock.calls.length].map(Math.sign);
    };
    expect(await speak('none')).toEqual([0, 0]);
    expect(await speak('console')).toEqual([1, 0]);
    expect(await speak('default')).toEqual([0, 1]);
    expect(err.mock.calls[0]![0]).toMatch(/^tlgen verbose: data center 2, main: /);
    const lines: unknown[] = [];
    expect(await speak((message, level) => lines.push([level, message]))).toEqual([0, 0]);
    expect(lines).toContainEqual(['verbose', 'data center 2, main: ready']);
    client.configure({ logger: { to: 'console' } });
    err.mockClear();
    client.on('connection', () => {
      throw new Error('of a handler');
    });
    await speak('console');
    expect(err.mock.calls.join()).toContain('tlgen error: of a handler');
  });

  it('logger.file: lines are added; live', async () => {
    const dc = await startDc();
    const folder = mkdtempSync(join(tmpdir(), 'tlgen-log-'));
    const [first, second] = [join(folder, 'a.log'), join(folder, 'b.log')];
    const client = clientOf(dc, { logger: { to: 'file', file: first, level: 'verbose' } });
    await client.connect();
    client.configure({ logger: { file: second } });
    client.configure({ updates: { enabled: false } });
    await client.invoke(nearest());
    await client.close();
    for (const file of [first, second])
      expect(readFileSync(file, 'utf8')).toMatch(
        /^\d{4}-\d\d-\d\dT[\d:.]+Z tlgen verbose: data center 2, main: .*\n/,
      );
    rmSync(folder, { recursive: true });
  });

  it('logger.level: less is not told; live', async () => {
    const dc = await startDc();
    const levels = new Set<string>();
    const to = (_: string, level: string): unknown => levels.add(level);
    const client = clientOf(dc, { logger: { to, level: 'notice' } });
    await client.connect();
    expect([...levels]).toEqual([]);
    client.configure({ logger: { level: 'ultra-verbose' } });
    client.configure({ updates: { enabled: false } });
    await client.invoke(nearest());
    expect([...levels].sort()).toEqual(['ultra-verbose', 'verbose']);
  });
});

describe('settings that are given', () => {
  it('are merged at any depth, and what is wrong changes nothing', async () => {
    const dc = await startDc();
    const client = clientOf(dc, { maxTries: { query: 2 }, app: { version: '1' } });
    client.configure({ maxTries: { response: 3 }, connection: { perDc: { 4: { timeout: 5 } } } });
    client.configure({ connection: { perDc: { 4: { ipv6: false } }, subdomains: { 9: 'x' } } });
    const { maxTries, app, connection } = client.settings;
    expect(maxTries).toEqual({ query: 2, authorization: 5, response: 3 });
    expect(app.version).toBe('1');
    expect(connection.perDc).toEqual({ 4: { timeout: 5, ipv6: false } });
    expect(connection.subdomains).toMatchObject({ 1: 'pluto', 9: 'x' });
    const before = client.settings;
    expect(() => client.configure({ maxTries: { query: 9, response: 0 } })).toThrow(
      /maxTries\.response/,
    );
    expect(client.settings).toBe(before);
    expect(await client.invoke(nearest())).toMatchObject({ thisDc: 2 });
  });
});
