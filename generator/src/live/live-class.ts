import { TlMethod, TlObject, type TlClass, type TlReader, type TlWriter } from '@tlgen/codec';
import { propertyNames } from '../model/fields.js';
import { constructorClass, methodClass } from '../model/names.js';
import type { SchemaCombinator } from '../schema/types.js';
import { initFields, readFields, writeFields, type Fields } from './interpret.js';
import { planOf } from './plan.js';
import { valueCodec, type ValueContext } from './value-codec.js';

/** Makes the class of a constructor or method, without generating code. */
export function liveClass(one: SchemaCombinator, context: ValueContext): TlClass {
  const made = one.kind === 'method' ? liveMethod(one, context) : liveConstructor(one, context);
  const name = one.kind === 'method' ? methodClass(one.key) : constructorClass(one.key);
  Object.defineProperty(made, 'name', { value: name });
  return made as unknown as TlClass;
}

function liveConstructor(one: SchemaCombinator, context: ValueContext): object {
  const plan = planOf(one, context);
  return class Live extends TlObject {
    static readonly id = one.id;
    static readonly tl = one.key;

    constructor(init?: Fields) {
      super();
      if (init) initFields(fieldsOf(this), plan, init);
    }

    override $write(w: TlWriter): void {
      w.id(one.id);
      this.$body(w);
    }

    $body(w: TlWriter): void {
      writeFields(fieldsOf(this), plan, w);
    }

    static $read(this: void, r: TlReader): Live {
      const object = new Live();
      readFields(fieldsOf(object), plan, r);
      return object;
    }
  };
}

function liveMethod(one: SchemaCombinator, context: ValueContext): object {
  const plan = planOf(one, context);
  const result = resultReader(one, context);
  return class Live extends TlMethod {
    static readonly id = one.id;
    static readonly tl = one.key;

    constructor(init?: Fields) {
      super();
      if (init) initFields(fieldsOf(this), plan, init);
    }

    override $write(w: TlWriter): void {
      w.id(one.id);
      writeFields(fieldsOf(this), plan, w);
    }

    override $result(r: TlReader): unknown {
      return result(r, fieldsOf(this));
    }

    static $read(this: void, r: TlReader): Live {
      const object = new Live();
      readFields(fieldsOf(object), plan, r);
      return object;
    }
  };
}

const fieldsOf = (object: TlObject): Fields => object as unknown as Fields;

/** The result `X` of a generic method is what the method inside it returns. */
function resultReader(
  one: SchemaCombinator,
  context: ValueContext,
): (r: TlReader, request: Fields) => unknown {
  const { result } = one;
  if (result.kind !== 'generic') return valueCodec(result, context).read;
  const inner = one.fields.find(
    ({ type, flag }) =>
      flag === null && type.kind === 'generic' && type.parameter === result.parameter,
  );
  if (inner === undefined) return (r) => r.object(0);
  const name = propertyNames(one).get(inner.name) ?? inner.name;
  return (r, request) => {
    const query = request[name];
    return query instanceof TlMethod ? query.$result(r) : r.object(0);
  };
}
