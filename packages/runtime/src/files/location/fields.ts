import { FileError } from '../errors.js';

/**
 * An object whose fields are not to be trusted: one that came from the server, from an older layer, or a plain object
 * in the shape of one. Every reading checks what is there.
 */
export class Fields {
  private constructor(
    private readonly fields: Readonly<Record<string, unknown>>,
    /** What messages call it: the TL name, or `object`. */
    readonly name: string,
  ) {}

  /** @returns undefined for what is no object. */
  static of(value: unknown): Fields | undefined {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    if (ArrayBuffer.isView(value)) return undefined;
    const fields = value as Readonly<Record<string, unknown>>;
    const { _ } = fields;
    return new Fields(fields, typeof _ === 'string' ? _.slice(0, 64) : 'object');
  }

  /** As it is. */
  raw(field: string): unknown {
    return this.fields[field];
  }

  /** The object in a field; undefined when there is none. */
  object(field: string): Fields | undefined {
    return Fields.of(this.fields[field]);
  }

  /** @throws FileError `NO_FILE`. */
  long(field: string): bigint {
    const value = this.fields[field];
    const long = typeof value === 'number' && Number.isSafeInteger(value) ? BigInt(value) : value;
    if (typeof long !== 'bigint' || BigInt.asIntN(64, long) !== long) throw this.bad(field, 'long');
    return long;
  }

  /** @throws FileError `NO_FILE` when it is there and no number of 32 bits. */
  int(field: string): number | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'number' || (value | 0) !== value) throw this.bad(field, 'int');
    return value;
  }

  /** @throws FileError `NO_FILE` when it is not there. */
  needInt(field: string): number {
    const value = this.int(field);
    if (value === undefined) throw this.bad(field, 'int');
    return value;
  }

  /** @throws FileError `NO_FILE` when it is there and no text. */
  text(field: string): string | undefined {
    const value = this.fields[field];
    if (value === undefined || value === null) return undefined;
    if (typeof value !== 'string') throw this.bad(field, 'string');
    return value;
  }

  /** @throws FileError `NO_FILE` when it is not there. */
  needText(field: string): string {
    const value = this.text(field);
    if (value === undefined) throw this.bad(field, 'string');
    return value;
  }

  /** @throws FileError `NO_FILE`. */
  bytes(field: string): Uint8Array {
    const value = this.fields[field];
    if (!(value instanceof Uint8Array)) throw this.bad(field, 'bytes (a Uint8Array)');
    return value;
  }

  flag(field: string): boolean {
    return this.fields[field] === true;
  }

  /** What a vector holds; nothing when it is not there. */
  list(field: string): readonly unknown[] {
    const value = this.fields[field];
    return Array.isArray(value) ? (value as readonly unknown[]) : [];
  }

  /** The objects of a vector. */
  objects(field: string): readonly Fields[] {
    return this.list(field).flatMap((item) => Fields.of(item) ?? []);
  }

  /** Bytes that a file has, from a `long` or an `int`. @throws FileError `NO_FILE` when no file has so many. */
  size(field: string): number | undefined {
    const value = this.fields[field];
    return value === undefined || value === null ? undefined : fileSize(value, this.name);
  }

  /** Data center; undefined: not told. @throws FileError `NO_FILE`. */
  dc(field: string): number | undefined {
    const id = this.int(field) ?? 0;
    if (id < 0) throw this.bad(field, 'number of a data center');
    return id === 0 ? undefined : id;
  }

  private bad(field: string, expected: string): FileError {
    return new FileError(
      'NO_FILE',
      `${this.name} lacks ${field}: a ${expected} belongs there. Pass the object as the server sent it`,
    );
  }
}

/** @throws FileError `NO_FILE` for what is no size of a file. */
export function fileSize(value: unknown, name: string): number {
  const size = typeof value === 'bigint' ? Number(value) : value;
  if (typeof size === 'number' && Number.isSafeInteger(size) && size >= 0) return size;
  const shown = typeof size === 'number' ? String(value) : `a ${typeof value}`;
  throw new FileError(
    'NO_FILE',
    `${name} says that the file has ${shown} bytes: sizes are whole numbers from 0 to 2^53 - 1`,
  );
}
