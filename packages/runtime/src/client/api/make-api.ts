import type { TlClass, TlMethod } from '@tlgen/codec';
import { PRINTED } from '../../core/printed.js';
import type { InvokeOptions } from '../../core/types.js';
import { Calls } from './calls.js';
import type { ApiContext } from './context.js';
import { namespaceTree, type NamespaceTree } from './member-names.js';
import { mayBeMeant, unknownMethod } from './unknown-method.js';

type LooseCall = (parameters?: unknown, options?: InvokeOptions) => Promise<unknown>;

/**
 * What `client.api` is: the schema's methods as functions with loose parameters, by namespace. Its type is the `Api` of
 * the generated package.
 *
 * Parameters are checked by name and type before anything is sent or looked up. Objects of TL pass as they are; plain ones
 * with `_` become such, at any depth. A long may also be a whole number or decimal digits, an int whose name is `date` or
 * ends in `Date` also a Date, and null is like a parameter that is left out. Beyond that, `schema.overlay` says which
 * types have loose forms, what is filled in, which other names parameters have, and which texts may be marked up.
 *
 * Calls reject with {@link ParameterError}, with what looking up a peer and reading markup throw, and with all that
 * `invoke` rejects with.
 *
 * Methods are properties of their own, so that completion and `Object.keys` find them; a name that the schema lacks is
 * a function that rejects with {@link UnknownMethodError}. Awaiting it gives it back, and printing it lists names.
 */
export function makeApi(context: ApiContext): object {
  return new Maker(context).namespace(namespaceTree(context.schema));
}

class Maker {
  private readonly calls: Calls;
  private names: readonly string[] | null = null;

  constructor(private readonly context: ApiContext) {
    this.calls = new Calls(context);
  }

  namespace(tree: NamespaceTree): object {
    const object = Object.create(this.fallback(tree.name)) as Record<string, unknown>;
    for (const [name, one] of tree.methods) define(object, name, this.method(one), true);
    for (const [name, child] of tree.children) this.defineChild(object, name, child);
    const title = tree.name === '' ? 'Api' : `Api.${tree.name}`;
    Object.defineProperty(object, PRINTED, {
      value: (_depth: number, options: object, show: (value: unknown, options: object) => string) =>
        `${title} ${show(Object.keys(object), options)}`,
    });
    return object;
  }

  private method(one: TlClass<TlMethod>): LooseCall {
    const call: LooseCall = (parameters, options) => this.calls.call(one, parameters, options);
    return Object.defineProperty(call, 'name', { value: one.tl });
  }

  /** A namespace is made when somebody first looks into it. */
  private defineChild(object: object, name: string, child: NamespaceTree): void {
    Object.defineProperty(object, name, {
      enumerable: true,
      configurable: true,
      get: () => {
        const made = this.namespace(child);
        define(object, name, made, true);
        return made;
      },
    });
  }

  /** Behind the namespace, so that only names it lacks come here. */
  private fallback(namespace: string): object {
    const { schema } = this.context;
    const known = (): readonly string[] => this.known();
    return new Proxy(
      {},
      {
        get(target, key, receiver) {
          if (key in target || !mayBeMeant(key))
            return Reflect.get(target, key, receiver) as unknown;
          const name = namespace === '' ? key : `${namespace}.${key}`;
          return unknownMethod(name, schema.layer, known);
        },
      },
    );
  }

  private known(): readonly string[] {
    const { registry } = this.context.schema;
    this.names ??= [...registry].filter((one) => registry.isMethod(one)).map((one) => one.tl);
    return this.names;
  }
}

function define(object: object, name: string, value: unknown, enumerable: boolean): void {
  Object.defineProperty(object, name, { value, enumerable, configurable: true, writable: true });
}
