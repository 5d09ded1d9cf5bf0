import { LocalDc, type TestChat, type TestPerson } from '@tlgen/local-dc';
import { markedId } from '@tlgen/runtime';
import { channels, messages, type base } from '@tlgen/telegram';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean, person, received, type Person } from './people.js';

/** More than two pages of anything. */
const MANY = 270;

const texts = (all: readonly (base.Message | base.MessageService)[]): string[] =>
  all.flatMap((one) => (one._ === 'message' ? [one.message] : []));
const numbered = (word: string): string[] => Array.from({ length: MANY }, (_, i) => `${word} ${i}`);

describe(`lists of ${MANY}`, () => {
  let dc: LocalDc;
  let adas: TestPerson;
  let friends: TestPerson[];
  let talk: TestChat;
  let ada: Person;
  let marked: bigint;
  beforeAll(async () => {
    dc = await LocalDc.start();
    adas = await dc.createUser({ firstName: 'Ada' });
    friends = [];
    for (const firstName of numbered('Friend')) friends.push(await dc.createUser({ firstName }));
    talk = dc.createChannel({ title: 'Talk', megagroup: true, creator: adas, members: friends });
    for (const friend of friends) dc.send(friend, adas, `from ${friend.id}`);
    for (const text of numbered('text')) dc.send(friends[0]!, adas, text);
    for (const text of numbered('needle')) dc.send(friends[1]!, talk, text);
    dc.send(adas, talk, 'straw');
    ada = await person(dc, adas);
    marked = markedId('channel', talk.id);
  }, 60_000);
  afterAll(async () => {
    await ada.client.close();
    expectClean(dc);
    await dc.close();
  });

  it('dialogs: every one once, and all of them known afterwards', async () => {
    const asked = received(dc, messages.GetDialogsRequest);
    const { peers } = ada.client;
    const dialogs = peers.dialogs();
    const ids: bigint[] = [];
    for await (const { peer } of dialogs) ids.push(peer.markedId);
    expect(ids).toHaveLength(MANY + 1);
    expect(new Set(ids)).toEqual(new Set([...friends.map(({ id }) => id), marked]));
    expect(await dialogs.total()).toBe(MANY + 1);
    expect(asked.length).toBeGreaterThan(2);
    const before = ada.called.length;
    for (const { id } of friends) await peers.inputUser(id);
    expect(ada.called.length).toBe(before);
  });

  it('history: every message once, in either direction', async () => {
    const { peers } = ada.client;
    const asked = received(dc, messages.GetHistoryRequest);
    const wanted = [...numbered('text').toReversed(), `from ${friends[0]!.id}`];
    const list = peers.history(friends[0]!.id);
    expect(texts(await list.all())).toEqual(wanted);
    expect(await list.total()).toBe(MANY + 1);
    expect(asked.length).toBeGreaterThan(2);
    expect(texts(await peers.history(friends[0]!.id, { reverse: true }).all())).toEqual(
      wanted.toReversed(),
    );
    expect(texts(await peers.history(friends[0]!.id, { limit: 7 }).all())).toEqual(
      wanted.slice(0, 7),
    );
    expect(texts(await peers.history(marked, { from: friends[1]!.id }).all())).toEqual(
      numbered('needle').toReversed(),
    );
  });

  it('search: in one chat and in all', async () => {
    const { peers } = ada.client;
    const wanted = numbered('needle').toReversed();
    expect(texts(await peers.search(marked, { query: 'needle' }).all())).toEqual(wanted);
    expect(new Set(texts(await peers.search(null, { query: 'needle' }).all()))).toEqual(
      new Set(wanted),
    );
    expect(texts(await peers.search(marked, { query: 'straw' }).all())).toEqual(['straw']);
    expect(await peers.search(marked, { query: 'nothing like it' }).all()).toEqual([]);
  });

  it('participants: every member once, with the role', async () => {
    const asked = received(dc, channels.GetParticipantsRequest);
    const { peers } = ada.client;
    const list = peers.participants(marked);
    const all = await list.all();
    expect(all).toHaveLength(MANY + 1);
    expect(new Set(all.map(({ id }) => id))).toEqual(
      new Set([adas.id, ...friends.map(({ id }) => id)]),
    );
    expect(all.find(({ id }) => id === adas.id)).toMatchObject({
      role: 'creator',
      user: { firstName: 'Ada' },
    });
    expect(await list.total()).toBe(MANY + 1);
    expect(asked.length).toBeGreaterThan(1);
    const found = await peers.participants(marked, { filter: 'search', query: 'Friend 26' }).all();
    expect(found.map(({ user }) => (user as base.User).firstName).toSorted()).toEqual(
      ['Friend 26', ...Array.from({ length: 10 }, (_, i) => `Friend 26${i}`)].toSorted(),
    );
  });

  it('leaving the loop asks for no more; a signal ends it', async () => {
    const asked = received(dc, messages.GetHistoryRequest);
    for await (const message of ada.client.peers.history(friends[0]!.id, { chunk: 10 }))
      if (message.id > 0) break;
    expect(asked).toHaveLength(1);
    const controller = new AbortController();
    let seen = 0;
    const reading = (async () => {
      for await (const _ of ada.client.peers.history(friends[0]!.id, { signal: controller.signal }))
        if (++seen === 120) controller.abort();
    })();
    await expect(reading).rejects.toMatchObject({ code: 'ABORTED' });
    expect(seen).toBe(120);
  });
});
