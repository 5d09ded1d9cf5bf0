import { inspect } from 'node:util';
import { Registry, apiSchema } from '@tlgen/codec';
import { help, messages } from '@tlgen/telegram';
import { schema as telegram } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { UnknownMethodError } from '../../../../../packages/runtime/src/client/api/index.js';
import { refusal, rig } from './support.js';

describe('names of client.api', () => {
  it('has every method of the schema, by namespace', async () => {
    const { loose } = rig();
    const names = [...telegram.registry]
      .filter((one) => telegram.registry.isMethod(one))
      .map((one) => one.tl);
    expect(names.length).toBeGreaterThan(500);
    for (const name of names) {
      const at = name.split('.').reduce((o, step) => (o as never)[step], loose as unknown);
      expect(typeof at, name).toBe('function');
    }
  });

  it('has methods of no namespace directly', async () => {
    const { api, last } = rig();
    const query = new help.GetConfigRequest();
    await api.invokeWithLayer({ layer: 5, query });
    expect(last()._).toBe('invokeWithLayer');
    expect(last<{ query: unknown } & ReturnType<typeof last>>().query).toBe(query);
  });

  it('lists names, for completion', () => {
    const { api } = rig();
    expect(Object.keys(api)).toEqual(expect.arrayContaining(['messages', 'invokeWithLayer']));
    const names = Object.keys(api.messages);
    expect(names).toContain('sendMessage');
    expect(names.every((name) => typeof api.messages[name as 'sendMessage'] === 'function')).toBe(
      true,
    );
    expect('sendMessage' in api.messages).toBe(true);
    expect('sendMesage' in api.messages).toBe(false);
  });

  it('keeps namespaces and functions', () => {
    const { api } = rig();
    expect(api.messages).toBe(api.messages);
    expect(api.messages.sendMessage).toBe(api.messages.sendMessage);
    expect(api.messages.sendMessage.name).toBe('messages.sendMessage');
    const { getConfig } = api.help;
    return expect(getConfig()).resolves.toBeInstanceOf(help.GetConfigRequest);
  });

  it('is given back when it is awaited, and no serializer takes it for more', async () => {
    const { api, loose } = rig();
    expect((await api) === api).toBe(true);
    expect((await api.messages) === api.messages).toBe(true);
    for (const key of [
      'then',
      'toJSON',
      Symbol.iterator,
      Symbol.toPrimitive,
      '$$typeof',
      'nodeType',
    ])
      for (const one of [api, api.messages, loose['mesages']])
        expect(Reflect.get(one as object, key)).toBeUndefined();
    expect(JSON.stringify(api.messages)).toBe('{}');
    expect(String(api)).toBe('[object Object]');
    expect(api).toEqual(api);
  });

  it('prints names', () => {
    const { api } = rig();
    expect(inspect(api.folders)).toMatch(/^Api\.folders \[ 'editPeerFolders'/);
    expect(inspect(api)).toMatch(/^Api \[/);
    expect(inspect(api)).toContain("'invokeWithLayer'");
  });

  it.each([
    [['messages', 'sendMesage'], 'messages.sendMesage', 'messages.sendMessage'],
    [['messages', 'getFullUser'], 'messages.getFullUser', 'users.getFullUser'],
    [['mesages', 'sendMessage'], 'mesages.sendMessage', 'messages.sendMessage'],
    [['initConection'], 'initConection', 'initConnection'],
    [['messages', 'frobnicateAllTheThingsNow'], 'messages.frobnicateAllTheThingsNow', null],
  ])('says what %j may have meant', async (steps, missing, suggestion) => {
    const { loose, sent } = rig();
    const call = steps.reduce((o, step) => (o as never)[step], loose as unknown);
    const error = await refusal((call as () => Promise<unknown>)());
    expect(error).toBeInstanceOf(UnknownMethodError);
    expect(error).toMatchObject({ code: 'NOT_IN_SCHEMA', missing, suggestion });
    expect(error.message).toContain(suggestion ?? 'generate a schema');
    expect(sent).toEqual([]);
  });

  it('does not search for an endless name', async () => {
    const { loose } = rig();
    const error = await refusal(loose['messages']!['x'.repeat(1e6)]!());
    expect(error.message.length).toBeLessThan(400);
  });

  it('runs on a schema with nested namespaces and names in snake_case', async () => {
    const named = (tl: string, id: number): unknown =>
      class extends messages.GetDhConfigRequest {
        static override tl = tl as 'messages.getDhConfig';
        static override id = id as never;
      };
    const registry = new Registry().addMethods([
      named('a.b.get_them', 1),
      named('a.b.getThem', 2),
      named('a.b', 3),
    ] as never[]);
    const api = rig({ schema: apiSchema(1, registry) }).api as never as {
      a: { b: () => Promise<{ _: string }>; b2: Record<string, () => Promise<{ _: string }>> };
    };
    const given = { version: 1, randomLength: 2 } as never;
    expect((await (api.a.b as (p: never) => Promise<{ _: string }>)(given))._).toBe('a.b');
    expect(Object.keys(api.a.b2)).toEqual(['getThem2', 'getThem']);
  });
});
