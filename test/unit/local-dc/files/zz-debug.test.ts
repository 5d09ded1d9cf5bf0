import { LocalDc } from '@tlgen/local-dc';
import { it } from 'vitest';
import { strangerSchemas } from '../../../support/strangers/layers.js';
import { newPerson } from '../../../support/strangers/people.js';
import { signedInGramjs } from '../../../interop/stranger-clients.js';
import { content, same } from './support.js';
it('x', async () => {
  const lines: string[] = [];
  const dc = await LocalDc.start({ layers: await strangerSchemas(), dataCenters: [2, 4], logger: (l, t) => lines.push(`${l} ${t}`) });
  const { username, account } = await newPerson(dc);
  const { client } = await signedInGramjs(dc, account);
  client.getDC = async (id: number) => {
    const { host, port } = dc.clientOptions.dataCenters.find((one) => one.id === id && !one.ipv6)!;
    return { id, ipAddress: host, port };
  };
  const from = await dc.createUser({ username: 'far_user' });
  dc.sendFile(from, dc.world.userByUsername(username)!, content(1_300_000), { name: 'far.bin' });
  setInterval(() => process.stderr.write(lines.splice(0).slice(-6).join('\n') + '\n#' + process.memoryUsage().rss + '\n'), 1000).unref();
  process.stderr.write('get\n');
  const [message] = await client.getMessages('far_user', { limit: 1 });
  process.stderr.write('dl\n');
  const got = await Promise.race([client.downloadMedia(message as never, {}), new Promise((r) => setTimeout(r, 6000))]);
  console.log(lines.slice(-25).join('\n'), [...dc.refusals].slice(-3), (message as any).media?.document);
  console.log(got && same(got as never, content(1_300_000)));
}, 20000);
