import { Client, MemoryStorage, type ClientOptions, type Parts } from '@tlgen/runtime';
import * as tl from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import type { Place } from './gramjs.js';
import { Inbox, type Account, type Talker } from './talker.js';

export type OwnSettings = Partial<ClientOptions>;

let randomIds = 0n;

/** Signs in with our own client. */
export async function ownTalker(
  dc: Pick<Place, 'clientOptions'>,
  account: Account,
  settings: OwnSettings = {},
  parts: Partial<Parts> = {},
): Promise<Talker & { readonly client: Client }> {
  const client = new Client(
    {
      schema,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
      ...dc.clientOptions,
      ...settings,
    },
    parts,
  );
  const errors: Error[] = [];
  client.on('error', (error) => errors.push(error));
  const inbox = new Inbox();
  client.on('raw-update', (update) => read(update, inbox));
  const close = async (): Promise<void> => {
    await client.close();
    if (errors.length > 0) throw new AggregateError(errors, 'our own client failed');
  };
  try {
    const self = await client.signIn(
      'token' in account ? { botToken: account.token } : { ...account },
    );
    return {
      client,
      userId: self.id,
      send: (username, text) => send(client, username, text),
      received: (text) => inbox.received(text),
      close,
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

async function send(client: Client, username: string, message: string): Promise<void> {
  const { users } = await client.invoke(new tl.contacts.ResolveUsernameRequest({ username }));
  const [user] = users;
  if (!(user instanceof tl.User) || user.accessHash === undefined)
    throw new TypeError(`nobody can write to ${username}`);
  const peer = new tl.InputPeerUser({ userId: user.id, accessHash: user.accessHash });
  const randomId = BigInt(Date.now()) * 1000n + ++randomIds;
  await client.invoke(new tl.messages.SendMessageRequest({ peer, message, randomId }));
}

function read(update: tl.TypeUpdates | object, inbox: Inbox): void {
  if (update instanceof tl.UpdateShortMessage) {
    if (!update.out) inbox.add(update.message, update.userId);
    return;
  }
  if (!(update instanceof tl.Updates)) return;
  for (const one of update.updates) {
    if (!(one instanceof tl.UpdateNewMessage) || !(one.message instanceof tl.Message)) continue;
    const { message, fromId, out } = one.message;
    if (!out && fromId instanceof tl.PeerUser) inbox.add(message, fromId.userId);
  }
}
