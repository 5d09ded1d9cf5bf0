// @ts-check
// The same client over every transport, and what it tells about its connections. Runs against a local data center.
// docs: client
import { LocalDc } from '@tlgen/local-dc';
import { Client, ClosedError, MemoryStorage, SettingsError, TransportError } from '@tlgen/runtime';
import { help } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';

const dc = await LocalDc.start();
const basics = { schema, ...dc.clientOptions, logger: /** @type {const} */ ({ to: 'none' }) };
// docs: end

// docs: transports
/** @type {import('@tlgen/runtime').Protocol[]} */
const protocols = [
  'tcp_full',
  'tcp_abridged',
  'tcp_intermediate',
  'tcp_padded_intermediate',
  'obfuscated2',
  'websocket',
  'websocket_tls',
  'http',
  'https',
];
for (const protocol of protocols) {
  const storage = new MemoryStorage();
  const client = new Client({ ...basics, storage, connection: { protocol } });
  await client.connect();
  const { thisDc } = await client.invoke(new help.GetNearestDcRequest());
  console.log(`${protocol}: data centre ${thisDc}`);
  await client.close();
}
// docs: end

// docs: states
const storage = new MemoryStorage();
const client = new Client({ ...basics, storage });
client.on('connection', ({ dc: id, kind, state }) => {
  console.log(`${kind} connection to ${id}: ${state.type}`);
});
await client.connect();

dc.faults.add({ kind: 'cut', on: 'incoming', when: 'before', times: 1 });
await client.invoke(new help.GetNearestDcRequest()); // lost with its connection, and sent again
await client.close();
// docs: end

// docs: again
// The storage has the key now: this one is connected without a key exchange for the permanent key.
const next = new Client({ ...basics, storage });
await next.connect();
await next.close();
// docs: end

// docs: wrong
try {
  // @ts-expect-error: it is tcp_full
  next.configure({ connection: { protocol: 'tcp-full' } });
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.log(`${error.code} ${error.key}`);
}

const nobody = { ...basics, storage, dataCenters: [{ id: 2, host: '127.0.0.1', port: 1 }] };
const lonely = new Client(nobody);
try {
  await lonely.connect({ timeout: 300 });
} catch (error) {
  console.log(String(error));
}
await lonely.close();

const protocol = 'udp';
const udp = new Client({ ...basics, storage: new MemoryStorage(), connection: { protocol } });
try {
  await udp.connect();
} catch (error) {
  // Trying again cannot mend this, so the client has given up.
  if (!(error instanceof ClosedError && error.cause instanceof TransportError)) throw error;
  console.log(error.code, error.cause.code);
}
await udp.close();
// docs: end

await dc.close();
