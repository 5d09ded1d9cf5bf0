import { apiSchema, formatId, Registry, TlObject, typeHash, type TlClass } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { Random, SEED } from '../../support/random.js';
import { METHOD } from '../../../packages/codec/src/registry.js';
import { OWN_NAMES, ownRegistry, ownSchema } from '../../support/schemas.js';
import { tlError } from '../../support/tl-error.js';

/** A class without fields. */
function classOf(id: number, tl: string): TlClass {
  class Stub extends TlObject {
    static readonly id = id;
    static readonly tl = tl;
    override $write(): void {}
    static $read(this: void): Stub {
      return new Stub();
    }
  }
  return Stub as unknown as TlClass;
}

describe('registry', () => {
  it('finds ids signed and unsigned, and names', () => {
    const one = classOf(0xfedcba98, 'one');
    const registry = new Registry().add('One', [one]);
    expect(registry.get(0xfedcba98)).toBe(one);
    expect(registry.get(0xfedcba98 | 0)).toBe(one);
    expect(registry.named('one')).toBe(one);
    expect(registry.get(0)).toBeUndefined();
    expect(registry.named('two')).toBeUndefined();
    expect(registry.typeOf(one)).toBe('One');
    expect(registry.typeOf(classOf(3, 'stranger'))).toBeUndefined();
  });

  it('refuses a second class with an id, but not the same class again', () => {
    const one = classOf(5, 'one');
    const registry = new Registry().add('One', [one]);
    expect(registry.add('One', [one]).size).toBe(1);
    const error = tlError(() => registry.add('Two', [classOf(5, 'two')]));
    expect(error).toMatchObject({ code: 'bad-registry', id: 5 });
    expect(error.message).toContain('two#00000005 has the id of one');
    expect(tlError(() => registry.addMethods([classOf(5, 'call')])).code).toBe('bad-registry');
    expect(registry.get(5)).toBe(one);
  });

  it('holds thousands of ids, also such that collide', () => {
    const random = new Random(SEED);
    const ids = new Set<number>([0, 0xffffffff, 0x80000000]);
    for (let i = 0; i < 2000; i++) ids.add(i << 21).add(random.next());
    const unsigned = new Set([...ids].map((id) => id >>> 0));
    const classes = [...unsigned].map((id) => classOf(id, `c${id}`));
    const registry = new Registry().add('T', classes);
    expect(registry.size).toBe(unsigned.size);
    for (const one of classes) expect(registry.get(one.id)).toBe(one);
    for (let i = 0; i < 2000; i++) {
      const id = random.next();
      if (!unsigned.has(id)) expect(registry.get(id)).toBeUndefined();
    }
    expect([...registry]).toEqual(classes);
  });

  it('takes over another one, with types and methods', async () => {
    const [mtproto, calls] = [await ownRegistry('mtproto'), await ownRegistry('calls')];
    const both = new Registry().addAll(mtproto).addAll(calls).addAll(calls);
    expect(both.size).toBe(mtproto.size + calls.size);
    for (const from of [mtproto, calls]) {
      for (const one of from) {
        expect(both.get(one.id)).toBe(one);
        expect(both.typeOf(one)).toBe(from.typeOf(one));
        expect(both.isMethod(one)).toBe(from.isMethod(one));
      }
    }
    const late = classOf(77, 'late');
    expect(both.named('late')).toBeUndefined();
    expect(both.add('Late', [late]).named('late')).toBe(late);
  });

  it('is handed out as a schema that keeps methods and constructors apart', () => {
    const [one, call] = [classOf(1, 'one'), classOf(2, 'call')];
    const schema = apiSchema(7, new Registry().add('One', [one]).addMethods([call]));
    expect(schema.layer).toBe(7);
    expect(schema.constructor('one')).toBe(one);
    expect(schema.method('call')).toBe(call);
    expect(schema.constructor('call')).toBeUndefined();
    expect(schema.method('one')).toBeUndefined();
    expect(schema.method('toString')).toBeUndefined();
  });
});

describe('ids', () => {
  it('are shown with all eight digits', () => {
    expect(formatId(0x5)).toBe('#00000005');
    expect(formatId(-1)).toBe('#ffffffff');
  });

  it.each(OWN_NAMES)(
    'types of %s have hashes of their own, none of them a reserved one',
    (name) => {
      const types = ownSchema(name).types.map((type) => type.name);
      const hashes = new Set(types.map(typeHash));
      expect(hashes.size).toBe(types.length);
      for (const reserved of [0, METHOD]) expect(hashes.has(reserved)).toBe(false);
    },
  );
});
