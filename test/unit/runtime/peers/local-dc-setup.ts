import { schema } from '@tlgen/telegram/schema';
import { LocalDc, type TestUser } from '@tlgen/local-dc';
import { Client, MemoryStorage } from '../../../../packages/runtime/src/index.js';
import type { Middleware } from '../../../../packages/runtime/src/core/types.js';
import { Peers } from '../../../../packages/runtime/src/peers/peers.js';
import { PeerResolution } from '../../../../packages/runtime/src/peers/lookup/resolve.js';
import { PeerStore } from '../../../../packages/runtime/src/peers/memory/store.js';
import type { PeersContext } from '../../../../packages/runtime/src/peers/types.js';
import { Store } from '../../../../packages/runtime/src/storage/store.js';

/** A signed-in client of the embedded data center, and its peers. */
export interface Account extends AsyncDisposable {
  readonly client: Client;
  readonly peers: Peers;
  /** TL names of the methods that were called. */
  readonly called: string[];
}

/** Signs in over a real connection; peers learn from every answer, as the client makes them. */
export async function signedIn(dc: LocalDc, user: TestUser): Promise<Account> {
  const store = new Store(new MemoryStorage(), {
    after: () => ({ cancel: () => undefined }),
    saveInterval: () => 0,
  });
  await store.open();
  const log = { log: () => undefined };
  const memory = new PeerStore(store, {
    registry: schema.registry,
    world: 'main',
    log,
    now: () => Date.now(),
  });
  const called: string[] = [];
  const learning: Middleware = async (call, next) => {
    called.push(call.request._);
    const answer = await next(call);
    await memory.learn(answer);
    return answer;
  };
  const client = new Client({
    schema,
    storage: new MemoryStorage(),
    ...dc.clientOptions,
    connection: { protocol: 'tcp_intermediate', timeout: 20_000 },
    logger: { to: 'none' },
    middleware: [learning],
  });
  const { phone, token } = user;
  if (token !== null) await client.signIn({ botToken: token });
  else await client.signIn({ phone: phone ?? '', code: dc.loginCode });
  const context: PeersContext = {
    schema,
    log,
    invoke: (request, options) => client.invoke(request, options),
    self: () => client.self,
    now: () => Date.now(),
    settings: { fullInfoTtl: 3600, fullFetch: false, resolver: undefined },
  };
  return {
    client,
    called,
    peers: new Peers(context, memory, new PeerResolution(context, memory)),
    [Symbol.asyncDispose]: async () => {
      await client.close();
      await store.close();
    },
  };
}
