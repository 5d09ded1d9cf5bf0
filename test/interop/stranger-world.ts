import { LocalDc, type TestChat, type TestPerson } from '@tlgen/local-dc';
import { strangerSchemas } from '../support/strangers/layers.js';

/** How many of each there are: more than two pages of either library. */
export const MESSAGES = 250;
export const DIALOGS = 120;
export const PARTICIPANTS = 300;
const GROUPS = 10;
const CHANNELS = 8;
/** Every so many messages, one says so. */
const NEEDLE_EVERY = 10;

/** A data center with one person who has many messages, conversations and fellow members. */
export interface StrangerWorld {
  readonly dc: LocalDc;
  readonly me: TestPerson;
  readonly bob: TestPerson;
  /** A supergroup of `me` with {@link PARTICIPANTS}. */
  readonly crowd: TestChat;
  /** Texts of the private chat with Bob, oldest first: {@link MESSAGES}, every second one from Bob. */
  readonly texts: readonly string[];
  /** Texts among them that say `needle`, oldest first. */
  readonly needles: readonly string[];
  /** Texts of the supergroup, oldest first: {@link MESSAGES}. */
  readonly crowdTexts: readonly string[];
  /** Titles and names of the conversations of `me`, newest first: {@link DIALOGS}. */
  readonly titles: readonly string[];
  /** Server time in seconds at which the private chat with Bob was half through, between two messages. */
  readonly halfTime: number;
  /** First names of the participants, those who came last first; `me` is the last. */
  readonly participants: readonly string[];
}

/** Makes it. Two messages share each second, so that dates alone do not tell pages apart. */
export async function strangerWorld(): Promise<StrangerWorld> {
  let lag = 3_600_000;
  const layers = await strangerSchemas();
  const dc = await LocalDc.start({ layers, clock: () => Date.now() - lag });
  let sent = 0;
  const send = (...args: Parameters<LocalDc['send']>): void => {
    if (sent++ % 2 === 0) lag -= 1000;
    dc.send(...args);
  };
  const me = await dc.createUser({ firstName: 'Me', username: 'stranger_me' });
  const bob = await dc.createUser({ firstName: 'Bob', username: 'stranger_bob' });
  const members = await Promise.all(
    Array.from({ length: PARTICIPANTS - 1 }, (_, at) =>
      dc.createUser({ firstName: `Member ${at}`, username: `member_${at}_name` }),
    ),
  );

  const texts: string[] = [];
  let halfTime = 0;
  for (let at = 0; at < MESSAGES; at++) {
    const text = at % NEEDLE_EVERY === 0 ? `the needle ${at}` : `message ${at}`;
    texts.push(text);
    const [from, to] = at % 2 === 0 ? [me, bob] : [bob, me];
    send(from, to, text);
    if (at === MESSAGES / 2 - 1) {
      lag -= 5000;
      halfTime = dc.world.now();
      lag -= 5000;
    }
  }
  const crowd = dc.createChannel({
    title: 'Crowd',
    username: 'stranger_crowd',
    megagroup: true,
    creator: me,
    members,
  });
  const crowdTexts = Array.from({ length: MESSAGES }, (_, at) => `crowd ${at}`);
  for (const [at, text] of crowdTexts.entries()) send(members[at] ?? me, crowd, text);

  const titles = ['Bob', 'Crowd'];
  for (let at = 0; at < GROUPS; at++) {
    const title = `Group ${at}`;
    const group = dc.createGroup({ title, creator: me, members: [bob] });
    send(me, group, `to group ${at}`);
    titles.push(title);
  }
  for (let at = 0; at < CHANNELS; at++) {
    const title = `Channel ${at}`;
    const channel = dc.createChannel({ title, creator: me });
    send(me, channel, `to channel ${at}`);
    titles.push(title);
  }
  for (const [at, member] of members.slice(0, DIALOGS - titles.length).entries()) {
    send(member, me, `hello from ${at}`);
    titles.push(`Member ${at}`);
  }
  lag = 0;
  return {
    dc,
    me,
    bob,
    crowd,
    texts,
    needles: texts.filter((text) => text.includes('needle')),
    crowdTexts,
    titles: titles.reverse(),
    halfTime,
    participants: [...members.map((_, at) => `Member ${at}`).reverse(), 'Me'],
  };
}
