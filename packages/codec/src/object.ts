import { toJson, type JsonObject } from './json.js';
import type { TlReader } from './reader.js';
import type { TlWriter } from './writer.js';

const inspect = Symbol.for('nodejs.util.inspect.custom');

/**
 * An object of a TL schema. Generated classes extend it: one per constructor.
 *
 * Members that begin with `$` belong to the codec. TL fields keep their names in camelCase.
 */
export abstract class TlObject {
  /** The TL name, `messages.sentEncryptedMessage`: tells the constructors of a type apart. */
  declare readonly _: string;

  static {
    // One accessor for all classes; each class declares only its literal type.
    Object.defineProperty(this.prototype, '_', {
      get(this: TlObject) {
        return (this.constructor as unknown as TlClass).tl;
      },
    });
  }

  /** Type only: the names of the `true` flags. */
  declare readonly $flags?: string;

  /** Writes the constructor id and the fields. */
  abstract $write(w: TlWriter): void;

  /** Plain JSON data: `_` and camelCase fields, long as decimal string, bytes as base64. */
  toJSON(): JsonObject {
    return toJson(this);
  }

  /** @internal What `console.log` shows: `_` first, no absent fields. */
  [inspect](
    _depth: number,
    options: object,
    show: (value: unknown, options: object) => string,
  ): string {
    const { name } = this.constructor;
    const fields = Object.entries(this).filter(([, value]) => value !== undefined);
    return `${name} ${show({ _: this._, ...Object.fromEntries(fields) }, options)}`;
  }
}

/**
 * A method of a TL schema: what `invoke` takes. Generated classes extend it and end in `Request`.
 *
 * @typeParam Result - what the server answers.
 * @typeParam Errors - names of the RPC errors it is known to answer with.
 */
export abstract class TlMethod<Result = unknown, Errors extends string = string> extends TlObject {
  /** Type only: carries `Errors`. */
  declare readonly $errors?: Errors;

  /** Reads the method's result (after `rpc_result`'s `req_msg_id`). */
  abstract $result(r: TlReader): Result;
}

/** What every generated class offers as a value. */
export interface TlClass<T extends TlObject = TlObject> {
  /** Constructor id, unsigned 32 bits. */
  readonly id: number;
  /** The TL name. */
  readonly tl: string;
  /** Reads the fields that follow the id. */
  $read(r: TlReader): T;
  readonly prototype: T;
}

/** Names of the `true` flags of a generated class. */
type FlagsOf<T> = T extends { readonly $flags?: infer F }
  ? string extends F
    ? never
    : Extract<F, string>
  : never;

/** What `new X(...)` takes: the fields of `T`; `true` flags may be left out. */
export type Init<T> = {
  [K in keyof T as K extends '_' | 'toJSON' | symbol | `$${string}` | FlagsOf<T> ? never : K]: T[K];
} & { [K in FlagsOf<T>]?: boolean | undefined };

/** The result type of a method class or instance. */
export type ResultOf<M extends TlMethod> =
  M extends TlMethod<infer Result, string> ? Result : never;

/** The names of the RPC errors a method is known to answer with. */
export type ErrorsOf<M extends TlMethod> =
  M extends TlMethod<unknown, infer Errors> ? Errors : never;

/**
 * A generated class as an older layer sees it: the same class, with some fields (`Fields`) that hold less than in the
 * newest layer.
 */
export type LayerView<
  Class extends { readonly id: number; readonly tl: string; readonly prototype: TlObject },
  Fields extends object,
> = Pick<Class, 'id' | 'tl'> &
  (new (
    init: Omit<Init<Class['prototype']>, keyof Fields> & Fields,
  ) => Omit<Class['prototype'], keyof Fields> & Fields & TlObject);
