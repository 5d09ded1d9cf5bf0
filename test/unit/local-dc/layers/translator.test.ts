import {
  apiSchema,
  decode,
  encode,
  fromJson,
  layoutOf,
  toJson,
  type ApiSchema,
  type JsonObject,
  type TlMethod,
} from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { registry as newest } from '@tlgen/telegram/registry';
import { schema as newestSchema } from '@tlgen/telegram/schema';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LayerError, Layers, Translator } from '../../../../packages/local-dc/src/layers/index.js';
import type { Schema } from '../../../../generator/src/schema/types.js';
import { generatedLayer } from '../../../support/generated-layer.js';
import { forEveryClass } from '../../../support/round-trip.js';
import { ownSchema } from '../../../support/schemas.js';

const SCALARS = ['int', 'nat', 'long', 'int53', 'string', 'bytes', 'bool', 'flag', 'true'];

describe.each([198, 227])('layer %i', (layer) => {
  let older: ApiSchema;
  let text: Schema;
  let down: Translator;
  let up: Translator;
  let losses: LayerError[] = [];

  beforeAll(async () => {
    const generated = await generatedLayer(layer);
    text = generated.schema;
    older = apiSchema(layer, generated.registry);
    down = new Translator(older.registry, { layer, onLoss: (loss) => losses.push(loss) });
    up = new Translator(newest, { layer: newestSchema.layer, strict: true });
  });
  beforeEach(() => {
    losses = [];
  });

  it('writes every constructor of the newest layer so that its clients can read it, or says what it lacks', () => {
    let translated = 0;
    let lacking = 0;
    forEveryClass(ownSchema('telegram'), 1, (one, json) => {
      if (one.kind === 'method') return;
      const source = fromJson(json, newest);
      try {
        const target = down.object(source);
        const read = decode(encode(target), older.registry);
        expect(read._).toBe(source._);
        expectSameScalars(toJson(source), toJson(read));
        translated++;
      } catch (thrown) {
        if (!(thrown instanceof LayerError)) throw thrown;
        expect(thrown.layer).toBe(layer);
        lacking++;
      }
    });
    // What the layer's own constructors are called, it must be able to say.
    expect(translated).toBeGreaterThan(text.constructors.length * 0.75);
    expect(lacking).toBeLessThan(translated);
  });

  it('reads every request of its clients, unless the newest layer has no such method', () => {
    const layers = new Layers(newestSchema, [older], () => {});
    let understood = 0;
    forEveryClass(text, 1, (one, json) => {
      if (one.kind !== 'method') return;
      const request = fromJson(json, older.registry);
      try {
        const layered = layers.request(encode(request), one.id, layer);
        expect(layered?.request._).toBe(request._);
        // What handlers get is whole: it can be written in the newest layer.
        const again = decode(encode(layered?.request as TlMethod), newest);
        expectSameScalars(toJson(request), toJson(again));
        understood++;
      } catch (thrown) {
        if (!(thrown instanceof LayerError)) throw thrown;
      }
    });
    expect(understood).toBeGreaterThan(text.methods.length / 2);
  });

  it('keeps what both layers have, there and back', () => {
    let same = 0;
    forEveryClass(text, 1, (one, json) => {
      if (one.kind === 'method') return;
      const source = fromJson(json, older.registry);
      try {
        expectSameScalars(toJson(source), toJson(down.object(up.object(source))));
        same++;
      } catch (thrown) {
        if (!(thrown instanceof LayerError)) throw thrown;
      }
    });
    expect(same).toBeGreaterThan(text.constructors.length / 2);
  });

  /** Fields that hold the same plain kind in both layers hold the same value. */
  function expectSameScalars(a: JsonObject, b: JsonObject): void {
    const name = String(a['_']);
    const ours = newest.named(name);
    const theirs = older.registry.named(name);
    if (!ours || !theirs) throw new Error(`${name} is not in both layers`);
    const kinds = new Map(layoutOf(theirs).map((field) => [field.name, field.type.kind]));
    for (const { name: field, type } of layoutOf(ours)) {
      if (!SCALARS.includes(type.kind) || kinds.get(field) !== type.kind) continue;
      // A field that shares its bit with a new one may come with its default.
      if (a[field] === undefined) continue;
      expect(b[field], `${name}.${field}`).toEqual(a[field]);
    }
  }
});

describe('by name', () => {
  let older: ApiSchema;
  let down: Translator;
  let losses: LayerError[];

  beforeAll(async () => {
    older = apiSchema(198, (await generatedLayer(198)).registry);
  });
  beforeEach(() => {
    losses = [];
    down = new Translator(older.registry, { layer: 198, onLoss: (loss) => losses.push(loss) });
  });

  const update = new tl.UpdateUserStatus({ userId: 1n, status: new tl.UserStatusEmpty() });
  const unknown = new tl.UpdateDeleteEphemeralMessages({
    peer: new tl.PeerUser({ userId: 1n }),
    ids: [1],
  });

  it('leaves what has no namesake out of vectors and reports it', () => {
    expect(older.constructor('updateDeleteEphemeralMessages')).toBeUndefined();
    const container = new tl.Updates({
      updates: [unknown, update],
      users: [],
      chats: [],
      date: 1,
      seq: 0,
    });
    const read = decode(encode(down.object(container)), older.registry) as tl.Updates;
    expect(read.updates.map((one) => one._)).toEqual(['updateUserStatus']);
    expect(losses.map((loss) => loss.subject)).toEqual(['updateDeleteEphemeralMessages']);
  });

  it('is a typed error where nothing is left', () => {
    expect(() => down.object(unknown)).toThrow(LayerError);
    const layers = new Layers(newestSchema, [older], (loss) => losses.push(loss));
    expect(layers.update(unknown, 198)).toBeNull();
    expect(layers.update(unknown, 229)).not.toBeNull();
    expect(losses).toHaveLength(1);
  });

  it('drops fields that the layer lacks and fills required ones that the newest lacks', () => {
    const message = new tl.Message({
      id: 1,
      peerId: new tl.PeerUser({ userId: 2n }),
      date: 3,
      message: 'text',
      fromRank: 'boss',
    });
    const result = new tl.messages.Messages({
      messages: [message],
      topics: [],
      chats: [],
      users: [],
    });
    const read = decode(encode(down.object(result)), older.registry);
    const json = toJson(read);
    expect(json).not.toHaveProperty('topics');
    expect(json['messages']).toMatchObject([{ _: 'message', id: 1, message: 'text' }]);
    expect(JSON.stringify(json)).not.toContain('boss');
  });

  it('answers an unlisted layer in the nearest one', () => {
    const layers = new Layers(newestSchema, [older], () => {});
    const at = (layer: number): number | undefined => {
      const message = new tl.Message({
        id: 1,
        peerId: new tl.PeerUser({ userId: 2n }),
        date: 3,
        message: '',
      });
      const bytes = layers.update(message, layer);
      return bytes ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) : undefined;
    };
    const id198 = older.constructor('message')?.id;
    expect(id198).not.toBe(tl.Message.id);
    expect([1, 198, 205].map(at)).toEqual([id198, id198, id198]);
    expect([225, 229, 400].map(at)).toEqual([tl.Message.id, tl.Message.id, tl.Message.id]);
  });

  it('does not answer with a type that the method had not in that layer', () => {
    const layers = new Layers(newestSchema, [older], () => {});
    const request = fromJson({ _: 'help.getConfig' }, older.registry);
    const layered = layers.request(encode(request), older.method('help.getConfig')?.id ?? 0, 198);
    const other = new tl.NearestDc({ country: 'XX', thisDc: 1, nearestDc: 1 });
    expect(() => layered?.encode(other)).toThrow(LayerError);
    expect(() => layered?.encode(true)).toThrow(LayerError);
  });
});
