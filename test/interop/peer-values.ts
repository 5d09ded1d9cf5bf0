import { fromBase64, toBase64, type JsonObject, type JsonValue } from '@tlgen/codec';
import { fieldName, NameScope } from '../../generator/src/model/names.js';
import type {
  PrimitiveName,
  Schema,
  SchemaCombinator,
  TypeRef,
} from '../../generator/src/schema/types.js';
import { combinatorsOf } from '../support/schemas.js';

/** An object of another library. */
export type PeerObject = Readonly<Record<string, unknown>>;

/** How another library represents TL values. */
export interface PeerDialect {
  /** Its name of a field. */
  fieldName(tl: string): string;
  /** Its object of a constructor or method. */
  object(one: SchemaCombinator, fields: Record<string, unknown>): unknown;
  /** TL name of one of its objects. */
  nameOf(value: PeerObject): string;
  /** Its form of a long; `place` is `constructor.field`. */
  long(value: bigint, place: string): unknown;
  longBack(value: unknown): bigint;
  bytes(value: Uint8Array): unknown;
  /** int128, int256, int512. */
  fixed(value: Uint8Array): unknown;
  fixedBack(value: unknown, length: number): Uint8Array;
}

const LENGTHS: Partial<Record<PrimitiveName, number>> = { int128: 16, int256: 32, int512: 64 };

const bytesOf = (json: JsonValue): Uint8Array => fromBase64(json as string) as Uint8Array;

/** Turns our JSON data into another library's objects and back, along the schema. */
export class PeerValues {
  private readonly byName: ReadonlyMap<string, SchemaCombinator>;

  constructor(
    schema: Schema,
    private readonly dialect: PeerDialect,
  ) {
    this.byName = new Map(combinatorsOf(schema).map((one) => [one.key, one]));
  }

  toPeer(json: JsonObject): unknown {
    const one = this.named(json['_'] as string);
    const fields: Record<string, unknown> = {};
    for (const { tl, name, type } of this.fieldsOf(one)) {
      const value = json[name];
      const place = `${one.name}.${tl}`;
      if (value !== undefined)
        fields[this.dialect.fieldName(tl)] = this.valueTo(type, value, place);
    }
    return this.dialect.object(one, fields);
  }

  fromPeer(value: PeerObject): JsonObject {
    const one = this.named(this.dialect.nameOf(value));
    const json: Record<string, JsonValue> = { _: one.key };
    for (const { tl, name, type, isUnusedWord } of this.fieldsOf(one)) {
      const own = value[this.dialect.fieldName(tl)];
      // Other libraries drop a flag word without flags.
      if (isUnusedWord) json[name] = 0;
      else if (own !== undefined && own !== null) json[name] = this.valueFrom(type, own);
    }
    return json;
  }

  private named(name: string): SchemaCombinator {
    const one = this.byName.get(name);
    if (one === undefined) throw new Error(`no ${name} in this schema`);
    return one;
  }

  private fieldsOf(
    one: SchemaCombinator,
  ): { tl: string; name: string; type: TypeRef; isUnusedWord: boolean }[] {
    const names = new NameScope();
    const words = new Set(one.fields.map((field) => field.flag?.word));
    return one.fields
      .filter((field) => !words.has(field.name))
      .map(({ name: tl, type }) => {
        const isUnusedWord =
          type.kind === 'primitive' && type.name === 'nat' && tl.startsWith('flags');
        return { tl, name: names.take(fieldName(tl)), type, isUnusedWord };
      });
  }

  private valueTo(type: TypeRef, json: JsonValue, place: string): unknown {
    switch (type.kind) {
      case 'primitive':
        return this.primitiveTo(type.name, json, place);
      case 'vector':
      case 'tuple':
        return (json as readonly JsonValue[]).map((item) => this.valueTo(type.item, item, place));
      default:
        return this.toPeer(json as JsonObject);
    }
  }

  private primitiveTo(name: PrimitiveName, json: JsonValue, place: string): unknown {
    if (name === 'long') return this.dialect.long(BigInt(json as string), place);
    if (name === 'double') return Number(json);
    if (name === 'bytes') return this.dialect.bytes(bytesOf(json));
    return LENGTHS[name] === undefined ? json : this.dialect.fixed(bytesOf(json));
  }

  private valueFrom(type: TypeRef, value: unknown): JsonValue {
    switch (type.kind) {
      case 'primitive':
        return this.primitiveFrom(type.name, value);
      case 'vector':
      case 'tuple':
        return (value as unknown[]).map((item) => this.valueFrom(type.item, item));
      default:
        return this.fromPeer(value as PeerObject);
    }
  }

  private primitiveFrom(name: PrimitiveName, value: unknown): JsonValue {
    if (name === 'long') return this.dialect.longBack(value).toString();
    if (name === 'bytes') return toBase64(value as Uint8Array);
    if (name === 'double') return Number.isFinite(value) ? (value as number) : String(value);
    const length = LENGTHS[name];
    if (length !== undefined) return toBase64(this.dialect.fixedBack(value, length));
    return value as JsonValue;
  }
}
