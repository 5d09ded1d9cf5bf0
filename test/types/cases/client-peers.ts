// What client.peers tells, narrowed by its type.
import type {
  ChatSummary,
  Client,
  DialogItem,
  Participant,
  PeerFull,
  PeerInfo,
} from '@tlgen/runtime';
import { base } from '@tlgen/telegram';

/** Fails to compile unless both types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const yes = <T extends true>(): T | undefined => undefined;

declare const client: Client;
const { peers } = client;

export function info(one: PeerInfo): base.TypeInputPeer {
  // @ts-expect-error groups have no InputUser
  void one.inputUser;
  // @ts-expect-error groups have no user names
  void one.usernames;
  switch (one.type) {
    case 'user':
    case 'bot':
      yes<Same<typeof one.inputUser, base.TypeInputUser>>();
      yes<Same<typeof one.peer, base.PeerUser>>();
      yes<Same<typeof one.self, boolean>>();
      // @ts-expect-error users are no channels
      return one.inputChannel;
    case 'group':
      yes<Same<typeof one.peer, base.PeerChat>>();
      // @ts-expect-error nor are groups
      return one.inputChannel;
    case 'supergroup':
    case 'channel':
      yes<Same<typeof one.peer, base.PeerChannel>>();
      yes<Same<typeof one.inputChannel, base.TypeInputChannel>>();
      yes<Same<typeof one.usernames, readonly string[]>>();
      return one.inputPeer;
    default:
      yes<Same<typeof one, never>>();
      return one;
  }
}

export function full(one: PeerFull): void {
  yes<Same<typeof one.lastUpdate, Date>>();
  switch (one.type) {
    case 'user':
    case 'bot':
      yes<Same<typeof one.full, base.UserFull>>();
      break;
    case 'group':
      yes<Same<typeof one.full, base.ChatFull>>();
      break;
    default:
      yes<Same<typeof one.full, base.ChannelFull>>();
  }
  // What `full` tells is what `info` tells, and more.
  info(one);
}

export function chat(one: ChatSummary): string {
  switch (one.type) {
    case 'private':
    case 'bot':
      return one.firstName;
    default:
      yes<Same<typeof one.type, 'group' | 'supergroup' | 'channel'>>();
      // @ts-expect-error they may not have been asked for
      void one.participants.length;
      return one.title;
  }
}

export async function lists(): Promise<void> {
  for await (const dialog of peers.dialogs({ archived: true }))
    yes<Same<typeof dialog, DialogItem>>();
  for await (const message of peers.history('me', { limit: 5 }))
    yes<Same<typeof message, base.Message | base.MessageService>>();
  const members = await peers.participants(-100n).all();
  yes<Same<typeof members, Participant[]>>();
  const found = await peers.search(null, { query: 'x', filter: 'photo' }).total();
  yes<Same<typeof found, number | null>>();
  // @ts-expect-error null means everywhere, which only search knows
  peers.history(null);
  // @ts-expect-error there is no such filter
  peers.search('me', { filter: 'everything' });
  // @ts-expect-error there is no such option
  peers.dialogs({ max: 5 });
  // @ts-expect-error undefined is no peer
  await peers.info(undefined);
  const input = await peers.resolve(await peers.info('me'));
  yes<Same<typeof input, base.TypeInputPeer>>();
}
