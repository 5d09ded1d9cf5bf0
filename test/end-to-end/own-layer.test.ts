import type { ApiSchema } from '@tlgen/codec';
import { LocalDc } from '@tlgen/local-dc';
import { Client, MemoryStorage, SchemaError, UnknownMethodError } from '@tlgen/runtime';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { layerText } from '../../schemas/rebuild/layers.mjs';
import { tlgen } from '../unit/generator/cli/run-cli.js';
import { clientOf, expectClean } from './people.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'test/generated/own-layer');

/** Makes the package as its user does, with the overlay that tlgen chooses. */
async function generateLayer(layer: number): Promise<ApiSchema> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'api.tl'), layerText(layer));
  const args = `generate --schema api.tl --name my-telegram --layer ${layer} --out package`;
  const { code, stderr } = await tlgen(folder, args.split(' '));
  expect([code, stderr]).toEqual([0, expect.any(String)]);
  const file = pathToFileURL(join(folder, 'package/dist/generated/schema.js')).href;
  return ((await import(file)) as { schema: ApiSchema }).schema;
}

/** What a program of that layer's client may say, and what not. */
const PROGRAM = `
import { Client, MemoryStorage } from '@tlgen/runtime';
import { schema } from './dist/generated/schema.js';
import * as base from './dist/generated/base.js';

const client = new Client({ schema, apiId: 1, apiHash: 'a', storage: new MemoryStorage() });
export async function main(): Promise<base.TypeUpdates> {
  const config = await client.api.help.getConfig();
  const dc: number = config.thisDc;
  const peer = new base.InputPeerSelf();
  // @ts-expect-error a parameter that no layer has
  await client.api.messages.sendMessage({ peer, message: 'x', randomId: 1n, colour: dc });
  // @ts-expect-error a method that came after this layer
  await client.api.communities.getPeerLinkRequests;
  // @ts-expect-error no way to write text
  await client.api.messages.sendMessage({ peer, message: 'x', parseMode: 'rtf' });
  await client.api.messages.sendMessage({ peer: 'me', message: '<b>x</b>', parseMode: 'html' });
  return client.api.messages.sendMessage({ peer, message: 'x', randomId: 1n });
}
`;

type Loose = Record<string, Record<string, (call?: object) => Promise<unknown>>>;

describe('a client of another layer', () => {
  let schema: ApiSchema;
  beforeAll(async () => {
    schema = await generateLayer(198);
  });

  it('signs in, sends and reads as its own layer has it', async () => {
    await using dc = await LocalDc.start({ layers: [schema] });
    const ann = await dc.createUser({ firstName: 'Ann' });
    const bob = await dc.createUser({ firstName: 'Bob', username: 'bob_here' });
    expect(schema.layer).toBe(198);
    await using older = new Client({
      schema,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
      ...dc.clientOptions,
    });
    await older.signIn({ phone: ann.phone, code: dc.loginCode });
    await older.sendText('bob_here', '<b>from 198</b>', { parseMode: 'html' });
    const peer = await older.peers.inputPeer('bob_here');
    const api = older.api as unknown as Loose;
    await api['messages']!['sendMessage']!({ peer, message: 'by api', randomId: 1n });
    await using newer = clientOf(dc);
    await newer.signIn({ phone: bob.phone, code: dc.loginCode });
    await newer.peers.dialogs().all();
    await newer.sendText(ann.id, 'from the newest');
    const got = await newer.peers.history(ann.id).all();
    expect(got.map((one) => 'message' in one && one.message)).toContain('from 198');
    const answers = await older.peers.history('bob_here').all();
    expect(answers.map((one) => 'message' in one && one.message)).toEqual([
      'from the newest',
      'by api',
      'from 198',
    ]);
    expect(await older.peers.full('bob_here')).toMatchObject({ type: 'user', name: 'Bob' });
    expectClean(dc);
  });

  it('takes the loose forms of calls with an overlay', async () => {
    await using dc = await LocalDc.start({ layers: [schema] });
    const ann = await dc.createUser({ firstName: 'Ann' });
    await dc.createUser({ username: 'bob_here' });
    await using older = new Client({
      schema,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
      ...dc.clientOptions,
    });
    await older.signIn({ phone: ann.phone, code: dc.loginCode });
    const loose = older.api as unknown as Loose;
    const send = loose['messages']!['sendMessage']!;
    await send({ peer: '@bob_here', message: '<i>loose</i>', parseMode: 'html' });
    await send({ chat_id: '@bob_here', text: '**aliased**', parse_mode: 'markdown' });
    expect(await older.peers.history('bob_here').all()).toMatchObject([
      { message: 'aliased', entities: [{ _: 'messageEntityBold' }] },
      { message: 'loose', entities: [{ _: 'messageEntityItalic' }] },
    ]);
    expectClean(dc);
  });

  it('says what its layer lacks', async () => {
    await using dc = await LocalDc.start({ layers: [schema] });
    await using older = new Client({
      schema,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
      ...dc.clientOptions,
    });
    const api = older.api as unknown as Loose;
    await expect(api['communities']!['getPeerLinkRequests']!()).rejects.toBeInstanceOf(
      UnknownMethodError,
    );
    const poor = {
      ...schema,
      constructor: schema.constructor,
      method: (name: string) => (name === 'auth.sendCode' ? undefined : schema.method(name)),
    };
    await using lacking = new Client({
      schema: poor,
      storage: new MemoryStorage(),
      logger: { to: 'none' },
      ...dc.clientOptions,
    });
    await expect(lacking.signIn({ phone: '+1', code: '1' })).rejects.toBeInstanceOf(SchemaError);
  });

  it('has client.api typed by its own package', () => {
    const file = join(folder, 'package/program.ts');
    writeFileSync(file, PROGRAM);
    try {
      const tsc = join(root, 'node_modules/typescript7/bin/tsc');
      const flags =
        '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --types node --target es2022 --module nodenext --ignoreConfig';
      const { stdout } = spawnSync(process.execPath, [tsc, ...flags.split(' '), file], {
        encoding: 'utf8',
        cwd: root,
      });
      expect(stdout).toBe('');
    } finally {
      rmSync(file);
    }
  });
});
