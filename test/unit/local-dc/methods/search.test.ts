import * as tl from '@tlgen/telegram';
import { contacts, messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup, send } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user({ firstName: 'Ann' }), await dc.user({ firstName: 'Bobby' })];
  anns = await dc.signedIn(ann);
});

const none = { offsetId: 0, addOffset: 0, maxId: 0, minId: 0, hash: 0n };
const texts = ({ messages: list }: { messages: readonly tl.TypeMessage[] }) =>
  list.map((one) => (one as tl.Message).message);
const history = async (fields: object) =>
  (await anns.call(
    new messages.GetHistoryRequest({
      ...none,
      peer: anns.peer(bob),
      offsetDate: 0,
      limit: 3,
      ...fields,
    }),
  )) as messages.MessagesSlice;
const search = async (fields: Partial<messages.SearchRequest>) =>
  (await anns.call(
    new messages.SearchRequest({
      ...none,
      peer: anns.peer(bob),
      q: '',
      filter: new tl.InputMessagesFilterEmpty(),
      minDate: 0,
      maxDate: 0,
      limit: 10,
      ...fields,
    }),
  )) as messages.MessagesSlice;

describe('history', () => {
  beforeEach(() => {
    for (let i = 1; i <= 9; i++) {
      send(dc.world, i % 2 ? ann : bob, i % 2 ? bob : ann, `${i}`);
      dc.now += 10;
    }
  });

  it('is paged by id and date, older or newer', async () => {
    const start = dc.now - 90;
    expect(await history({})).toMatchObject({ _: 'messages.messagesSlice', count: 9 });
    expect(texts(await history({}))).toEqual(['9', '8', '7']);
    expect(texts(await history({ offsetId: 7 }))).toEqual(['6', '5', '4']);
    expect(texts(await history({ offsetDate: start + 20 }))).toEqual(['2', '1']);
    expect(texts(await history({ offsetId: 5, addOffset: 1 }))).toEqual(['3', '2', '1']);
    expect(texts(await history({ offsetId: 5, addOffset: -3 }))).toEqual(['7', '6', '5']);
    expect(texts(await history({ offsetId: 5, addOffset: -2 }))).toEqual(['6', '5', '4']);
    expect(texts(await history({ offsetId: 1 }))).toEqual([]);
  });

  it('goes on from an id whatever the date that comes with it, for others may be of that second', async () => {
    send(dc.world, ann, bob, '10');
    send(dc.world, bob, ann, '11');
    const { date } = (await history({ limit: 1 })).messages[0] as tl.Message;
    expect(texts(await history({ offsetId: 11, offsetDate: date }))).toEqual(['10', '9', '8']);
    const up = { offsetId: 11, offsetDate: date, addOffset: -3 };
    expect(texts(await history(up))).toEqual(['11']);
  });

  it('leaves what would be newer than the newest out of a page, in place of older ones', async () => {
    expect(texts(await history({ offsetId: 8, addOffset: -3 }))).toEqual(['9', '8']);
    expect(texts(await history({ offsetId: 1, addOffset: -3 }))).toEqual(['3', '2', '1']);
    expect(texts(await history({ addOffset: -3 }))).toEqual([]);
  });

  it('is not cut by limits that are not positive', async () => {
    expect(texts(await history({ maxId: -1, minId: -1 }))).toEqual(['9', '8', '7']);
    expect(texts(await search({ maxDate: -1, minDate: -1, limit: 2 }))).toEqual(['9', '8']);
  });

  it('is cut by the highest and lowest id after paging', async () => {
    expect(texts(await history({ maxId: 9, minId: 7 }))).toEqual(['8']);
    expect(texts(await history({ maxId: 5 }))).toEqual([]);
  });

  it('chooses a limit itself where none is given, and keeps to 100', async () => {
    for (let i = 0; i < 120; i++) send(dc.world, bob, ann, 'more');
    expect((await history({ limit: 0 })).messages).toHaveLength(20);
    expect((await history({ limit: 1000 })).messages).toHaveLength(100);
  });
});

describe('search', () => {
  it('finds words, by author, between dates', async () => {
    send(dc.world, ann, bob, 'red apples');
    dc.now += 10;
    send(dc.world, bob, ann, 'Green APPLES, red pears');
    dc.now += 10;
    send(dc.world, ann, bob, 'nothing');
    expect(texts(await search({ q: 'apples red' }))).toEqual([
      'Green APPLES, red pears',
      'red apples',
    ]);
    expect(texts(await search({ q: 'apples', fromId: anns.peer(bob) }))).toEqual([
      'Green APPLES, red pears',
    ]);
    expect(texts(await search({ q: 'apples', maxDate: dc.now - 10 }))).toEqual(['red apples']);
    expect(texts(await search({ minDate: dc.now - 20 }))).toHaveLength(2);
    const one = await search({ q: 'apples', limit: 1 });
    expect([one.count, texts(one)]).toEqual([2, ['Green APPLES, red pears']]);
    expect(texts(await search({ q: 'apples', limit: 1, offsetId: 2 }))).toEqual(['red apples']);
  });

  it('finds by kind, and counts the kinds', async () => {
    const media = (one: tl.TypeInputMedia) =>
      anns.call(
        new messages.SendMediaRequest({
          peer: anns.peer(bob),
          media: one,
          message: '',
          randomId: dc.world.randomLong(),
        }),
      );
    await anns.send(anns.peer(bob), 'see https://example.org/x');
    const vcard = { firstName: 'B', lastName: '', vcard: '', phoneNumber: bob.phone ?? '' };
    await media(new tl.InputMediaContact(vcard));
    const geoPoint = new tl.InputGeoPoint({ lat: 48.1, long: 11.5 });
    await media(new tl.InputMediaGeoPoint({ geoPoint }));
    const found = async (filter: tl.TypeMessagesFilter) =>
      (await search({ filter })).messages.map(({ id }) => id);
    expect(await found(new tl.InputMessagesFilterUrl())).toEqual([1]);
    expect(await found(new tl.InputMessagesFilterContacts())).toEqual([2]);
    expect(await found(new tl.InputMessagesFilterGeo())).toEqual([3]);
    const filters = [new tl.InputMessagesFilterUrl(), new tl.InputMessagesFilterPhotos()];
    const counters = new messages.GetSearchCountersRequest({ peer: anns.peer(bob), filters });
    expect(await anns.call(counters)).toMatchObject([{ count: 1 }, { count: 0 }]);
  });

  it('goes through all chats, page by page', async () => {
    const members = [ann];
    const channel = createChannel(dc.world, { title: 'N', creator: bob, members });
    const group = createGroup(dc.world, { title: 'G', creator: bob, members });
    const other = createChannel(dc.world, { title: 'Elsewhere', creator: bob });
    for (const to of [ann, channel, group, other]) {
      send(
        dc.world,
        bob,
        to,
        `apple ${'type' in to ? to.type : 'user'} ${'title' in to ? to.title : ''}`,
      );
      dc.now++;
    }
    const everywhere = async (fields: object) =>
      (await anns.call(
        new messages.SearchGlobalRequest({
          q: 'apple',
          filter: new tl.InputMessagesFilterEmpty(),
          minDate: 0,
          maxDate: 0,
          offsetRate: 0,
          offsetPeer: new tl.InputPeerEmpty(),
          offsetId: 0,
          limit: 10,
          ...fields,
        }),
      )) as messages.MessagesSlice;
    const all = ['apple group G', 'apple channel N', 'apple user'];
    expect(texts(await everywhere({}))).toEqual(all);
    const first = await everywhere({ limit: 2 });
    expect(texts(first)).toEqual(all.slice(0, 2));
    expect(first.count).toBe(3);
    const rest = { offsetRate: first.nextRate, offsetId: first.messages[1]?.id };
    const offsetPeer = anns.channelPeer(channel);
    expect(texts(await everywhere({ ...rest, offsetPeer }))).toEqual(all.slice(2));
    expect(texts(await everywhere({ broadcastsOnly: true }))).toEqual([all[1]]);
    expect(texts(await everywhere({ usersOnly: true }))).toEqual([all[2]]);
    expect(await refusal(everywhere({ q: '' }))).toBe('400 SEARCH_QUERY_EMPTY');
  });
});

describe('finding', () => {
  it('has own chats first, and then public names', async () => {
    send(dc.world, bob, ann, 'hello');
    createChannel(dc.world, { title: 'Other', creator: bob, username: 'bobby_news' });
    const find = (q: string) => anns.call(new contacts.SearchRequest({ q, limit: 10 }));
    expect(await find('bobb')).toMatchObject({
      myResults: [{ userId: bob.id }],
      results: [{ _: 'peerChannel' }],
      chats: [{ username: 'bobby_news' }],
    });
    expect(await refusal(find('bo'))).toBe('400 QUERY_TOO_SHORT');
    expect(await refusal(find(''))).toBe('400 SEARCH_QUERY_EMPTY');
  });

  it('tells the chats that two share, who is online, and who helps', async () => {
    const group = createGroup(dc.world, { title: 'G', creator: bob, members: [ann] });
    createGroup(dc.world, { title: 'Alone', creator: ann });
    const both = new messages.GetCommonChatsRequest({
      userId: anns.input(bob),
      maxId: 0n,
      limit: 10,
    });
    expect(await anns.call(both)).toMatchObject({ chats: [{ id: group.id }] });
    await anns.call(
      new contacts.AddContactRequest({
        id: anns.input(bob),
        firstName: 'B',
        lastName: '',
        phone: '',
      }),
    );
    expect(await anns.call(new contacts.GetStatusesRequest())).toMatchObject([{ userId: bob.id }]);
    expect(await anns.call(new tl.help.GetSupportRequest())).toMatchObject({
      user: { support: true },
    });
  });
});
