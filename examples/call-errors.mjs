// @ts-check
// What a call may end with, and what the client does by itself. Runs against a local data center.
import { LocalDc } from '@tlgen/local-dc';
import { CallLostError, Client, isRpcError, MemoryStorage, TimeoutError } from '@tlgen/runtime';
import { base, contacts, help, messages } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

// docs: client
const dc = await LocalDc.start({ dataCenters: [2, 4] });
const bob = await dc.createUser({ firstName: 'Bob', dcId: 4 });
const client = new Client({
  schema,
  storage: new MemoryStorage(),
  ...dc.clientOptions,
  logger: { level: 'notice', to: (message) => console.log(`log: ${message}`) },
});
await client.connect();
// docs: end

// docs: migrate
// Bob lives in data center 4, and the client begins at 2: it moves there with him.
await client.signIn({ phone: bob.phone, code: dc.loginCode });
// docs: end

// docs: rpc-error
const username = 'nobody_here';
try {
  await client.invoke(new contacts.ResolveUsernameRequest({ username }));
} catch (error) {
  if (!isRpcError(error, contacts.ResolveUsernameRequest)) throw error;
  // `code` has the type of that method's known errors: a slip does not compile.
  if (error.code === 'USERNAME_NOT_OCCUPIED') console.log('nobody is called that');
  console.log(`${error.number} ${error.raw}, of ${error.method}`);
}
// docs: end

// docs: flood
dc.floodWait(help.GetNearestDcRequest, 1);
await client.invoke(new help.GetNearestDcRequest()); // below 20 s: slept through
dc.floodWait(help.GetNearestDcRequest, 3600);
try {
  await client.invoke(new help.GetNearestDcRequest());
} catch (error) {
  if (!isRpcError(error) || error.code !== 'FLOOD_WAIT') throw error;
  console.log(`wait ${error.seconds} s`);
}
// docs: end

// docs: timeout
dc.handle(help.GetNearestDcRequest, async (_, context) => {
  await new Promise((resolve) => setTimeout(resolve, 500));
  return context.next();
});
try {
  await client.invoke(new help.GetNearestDcRequest(), { timeout: 100 });
} catch (error) {
  if (!(error instanceof TimeoutError)) throw error;
  console.log(`${error.code}: ${error.message}`);
}
// docs: end

// docs: lost
dc.handle(messages.SendMessageRequest, () => new Promise(() => {})); // never answers
const peer = new base.InputPeerSelf();
const sent = client.invoke(
  new messages.SendMessageRequest({ peer, message: 'a note', randomId: 1n }),
);
setTimeout(() => client.close(), 200);
try {
  await sent;
} catch (error) {
  if (!(error instanceof CallLostError)) throw error;
  console.log(`${error.method} may have run: ${error.mayHaveRun}`);
}
// docs: end
await dc.close();
