// A data center that pushes updates as fast as they are taken, in a process of its own. Prints where it is as one line
// of JSON; ends with its standard input. Each worker connects to `control` and says what it wants, see control.mjs.
import { LocalDc } from '@tlgen/local-dc';
import { schema as newest } from '@tlgen/telegram/schema';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { generated } from '../prepare.mjs';
import { Lines } from './lines.mjs';
import { Performance } from './performance.mjs';

const schemaOf = async (/** @type {number} */ layer) => {
  const file = join(generated, `layer${layer}`, 'schema.js');
  return (await import(pathToFileURL(file).href)).schema;
};
const others = [await schemaOf(198), await schemaOf(227)];
const dc = await LocalDc.start({
  tlsPort: false,
  layers: others,
  // GramJS acknowledges when it next sends something, which may be seconds later.
  resendAfter: 600_000,
});
const schemas = new Map([newest, ...others].map((one) => [one.layer, one]));

const control = createServer((socket) => {
  /** @type {Performance | null} */
  let show = null;
  socket.on('close', () => show?.end());
  socket.on('error', () => socket.destroy());
  socket.setNoDelay(true);
  const say = (/** @type {object} */ what) => socket.write(`${JSON.stringify(what)}\n`);
  const fail = (/** @type {unknown} */ error) => say({ error: String(error) });
  const lines = new Lines((/** @type {any} */ said) => {
    const answer = async () => {
      switch (said.do) {
        case 'stage': {
          const schema = schemas.get(said.layer);
          if (!schema) throw new Error(`there is no layer ${said.layer}`);
          show = await Performance.prepare(dc, schema.registry, said.each, said.messagesOnly);
          return say({ phone: show.reader.phone, code: dc.loginCode });
        }
        case 'greet':
          return say({ greetings: await show?.greet() });
        case 'pour':
          return say({ poured: await show?.pour(said.count) });
        case 'got':
          return show?.got(said.count);
        default:
          throw new Error(`what is ${said.do}?`);
      }
    };
    answer().catch(fail);
  });
  socket.on('data', (data) => lines.add(data));
});
await new Promise((resolve) => control.listen(0, '127.0.0.1', () => resolve(undefined)));

const { host, port, rsaKey } = dc;
const { port: controlPort } = /** @type {import('node:net').AddressInfo} */ (control.address());
console.log(JSON.stringify({ host, port, rsaKey, controlPort, newest: newest.layer }));
process.stdin.resume().once('end', () => {
  void dc.close();
  control.close();
});
