import { LocalDc, type LocalDcOptions, type TestChat, type TestPerson } from '@tlgen/local-dc';
import { Client, MemoryStorage, type UpdatesLost } from '@tlgen/runtime';
import type { SchemaApi } from '@tlgen/telegram/api';
import { schema } from '@tlgen/telegram/schema';
import { expect } from 'vitest';
import { nodePlatform } from '../../../packages/runtime/src/platform/node.js';
import type { Random } from '../../support/random.js';
import { FastClock } from '../files/fast-clock.js';
import { until, type PersonOptions } from '../people.js';
import { waits } from './talkers.js';
import { expectAll, missing, placeOf, View, type Place } from './storm-view.js';

/** A client by a {@link FastClock}, of which nothing is kept that grows. */
export interface Watched extends AsyncDisposable {
  readonly client: Client<SchemaApi>;
  readonly clock: FastClock;
  /** How many calls of each method have ended. */
  readonly calls: Map<string, number>;
  readonly errors: Error[];
  readonly lost: UpdatesLost[];
  /** Silences that it found: how many updates it had missed. */
  readonly silences: number[];
  /** How often its connection was made. */
  readonly connections: { made: number };
}

export async function watched(
  dc: LocalDc,
  user: TestPerson,
  options: PersonOptions = {},
): Promise<Watched> {
  const clock = new FastClock();
  const calls = new Map<string, number>();
  const [errors, lost, silences]: [Error[], UpdatesLost[], number[]] = [[], [], []];
  const connections = { made: 0 };
  const client = new Client(
    {
      schema,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
      ...dc.clientOptions,
      ...options,
      // A busy machine is no broken line.
      connection: { timeout: 200_000, ...options.connection },
      middleware: [
        async (call, next) => {
          const { _: name } = call.request;
          try {
            return await next(call);
          } finally {
            calls.set(name, (calls.get(name) ?? 0) + 1);
          }
        },
      ],
    },
    { platform: { ...nodePlatform, clock } },
  );
  client.on('error', (error) => errors.push(error));
  client.on('updates-lost', (one) => lost.push(one));
  client.on('updates-silent', ({ missed }) => silences.push(missed));
  client.on('connection', ({ state }) => {
    if (state.type === 'ready') connections.made++;
  });
  await client.signIn({ phone: user.phone, code: dc.loginCode });
  calls.clear();
  const close = (): Promise<void> => client.close();
  return {
    client,
    clock,
    calls,
    errors,
    lost,
    silences,
    connections,
    [Symbol.asyncDispose]: close,
  };
}

/** Somebody in all kinds of chats, whose client is watched, and the others who write there. */
export interface Stage extends AsyncDisposable {
  readonly dc: LocalDc;
  readonly me: TestPerson;
  readonly friend: TestPerson;
  readonly other: TestPerson;
  readonly group: TestChat;
  readonly channel: TestChat;
  readonly supergroup: TestChat;
  readonly one: Watched;
  readonly view: View;
  /** Where the server was when the view began. */
  readonly since: Place;
  /** Somebody writes somewhere. */
  talk(random: Random): void;
  /** Waits until all was told, and judges it. */
  complete(): Promise<void>;
}

export async function stage(
  options: PersonOptions = {},
  { keeps = true, ...dcOptions }: LocalDcOptions & { readonly keeps?: boolean } = {},
): Promise<Stage> {
  const dc = await LocalDc.start({ clock: FastClock.wall, ...dcOptions });
  const me = await dc.createUser({ firstName: 'Me', username: 'me_myself' });
  const friend = await dc.createUser({ firstName: 'Friend', username: 'friend' });
  const other = await dc.createUser({ firstName: 'Other', username: 'other' });
  const members = [me, other];
  const group = dc.createGroup({ title: 'Group', creator: friend, members });
  const channel = dc.createChannel({ title: 'Channel', creator: friend, members });
  const supergroup = dc.createChannel({
    title: 'Supergroup',
    creator: friend,
    members,
    megagroup: true,
    username: 'talkers',
  });
  const one = await watched(dc, me, options);
  const since = placeOf(dc, me, [channel, supergroup]);
  const view = new View(one, keeps);
  let count = 0;
  const places = [
    () => dc.send(friend, me, `private ${count}`),
    () => dc.send(other, me, `other ${count}`),
    () => dc.send(friend, group, `group ${count}`),
    () => dc.send(friend, channel, `channel ${count}`),
    () => dc.send(count % 2 === 0 ? friend : other, supergroup, `supergroup ${count}`),
  ];
  await until(() => one.calls.has('updates.getState'));
  await one.client.me({ refresh: true });
  // Channels are followed from the first update that names them.
  for (const say of places) say();
  const complete = async (): Promise<void> => {
    await waits(() => expect(missing(dc, me, since, view)).toEqual([]));
    expectAll(dc, me, since, view);
  };
  await complete();
  one.calls.clear();
  return {
    dc,
    me,
    friend,
    other,
    group,
    channel,
    supergroup,
    one,
    view,
    since,
    talk: (random) => {
      count++;
      random.pick(places)();
    },
    complete,
    async [Symbol.asyncDispose]() {
      await one.client.close();
      await dc.close();
    },
  };
}

/** Closes it in time, and it leaves nothing behind. */
export async function closesCleanly({ one, dc }: Stage): Promise<void> {
  await one.client.close();
  expect(one.clock.pending).toBe(0);
  expect(one.errors).toEqual([]);
  expect([...dc.unhandled]).toEqual([]);
}
