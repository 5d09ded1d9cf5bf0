import { TlError } from './errors.js';
import { toJsonValue, type JsonValue } from './json.js';
import { fieldsByOperation } from './layout.js';
import type { TlClass, TlObject } from './object.js';
import { TlReader } from './reader.js';
import type { Registry } from './registry.js';
import { Trail, type Frame } from './trail.js';

/** A reader that knows where it is: slow, for explaining a failure. */
class TracingReader extends TlReader {
  constructor(
    registry: Registry,
    readonly trail: Trail,
  ) {
    super(registry);
  }

  override int = (): number => this.trail.step(() => super.int());
  override nat = (): number => this.trail.step(() => super.nat());
  override long = (): bigint => this.trail.step(() => super.long());
  override int53 = (): number => this.trail.step(() => super.int53());
  override double = (): number => this.trail.step(() => super.double());
  override string = (): string => this.trail.step(() => super.string());
  override bytes = (): Uint8Array => this.trail.step(() => super.bytes());
  override bool = (): boolean => this.trail.step(() => super.bool());
  override true = (): true => this.trail.step(() => super.true());
  override fixed = (length: number): Uint8Array => this.trail.step(() => super.fixed(length));
  override object = <T = TlObject>(type: number): T => this.trail.step(() => super.object<T>(type));
  override bare = <T = TlObject>(id: number): T => this.trail.step(() => super.bare<T>(id));

  override flags(): number {
    const word = this.trail.step(() => super.flags());
    this.trail.word(word);
    return word;
  }

  override vector<T>(boxed: boolean, itemSize: number, item: (r: TlReader) => T): T[] {
    return this.trail.step(() => {
      const count = this.count(boxed, itemSize);
      return this.items(count, item);
    });
  }

  override tuple<T>(count: number, item: (r: TlReader) => T): T[] {
    return this.trail.step(() => this.items(count, item));
  }

  private items<T>(count: number, item: (r: TlReader) => T): T[] {
    return this.trail.enter(null, () => Array.from({ length: count }, () => item(this)));
  }

  override objects = <T = TlObject>(type: number): T[] =>
    this.vector(true, 4, (r) => r.object<T>(type));
  override ints = (): number[] => this.vector(true, 4, (r) => r.int());
  override longs = (): bigint[] => this.vector(true, 8, (r) => r.long());
  override strings = (): string[] => this.vector(true, 4, (r) => r.string());

  protected override body(index: number): TlObject {
    return this.trail.enter(this.registry.$classes[index] as TlClass, () => super.body(index));
  }

  protected override nested(): TlReader {
    return new TracingReader(this.registry, this.trail);
  }
}

/** How far reading got. */
export interface ReadTrace {
  /** What was read, as JSON data; of an object that failed half-way, the fields before the failure. */
  readonly value: JsonValue | undefined;
  /** Null when all went well. */
  readonly error: TlError | null;
  /** Bytes read without trouble. */
  readonly offset: number;
}

/**
 * Reads `bytes` slowly and tells how far it got, for people who look at a damaged or unknown blob.
 *
 * @param read - what to read; a boxed object by default.
 */
export function traceRead(
  bytes: Uint8Array,
  registry: Registry,
  read: (r: TlReader) => unknown = (r) => r.object(0),
): ReadTrace {
  const trail = new Trail();
  const reader = new TracingReader(registry, trail).reset(bytes);
  try {
    const value = read(reader);
    const { left, pos } = reader;
    const rest =
      left > 0
        ? new TlError('trailing-bytes', `${left} bytes follow the object`, { offset: pos })
        : null;
    return { value: toJsonValue(value), error: rest, offset: pos };
  } catch (thrown) {
    const error = placed(thrown, trail);
    return { value: partial(trail.frames, 0), error, offset: error.offset ?? reader.pos };
  }
}

/** The same error with the path that the trail knows. */
export function placed(thrown: unknown, trail: Trail): TlError {
  const path = trail.path();
  if (thrown instanceof TlError) {
    const { code, reason, offset, id, cause } = thrown;
    return new TlError(code, reason, {
      offset: offset ?? undefined,
      id: id ?? undefined,
      path,
      cause,
    });
  }
  const deep = thrown instanceof RangeError;
  return new TlError(
    deep ? 'too-deep' : 'bad-value',
    deep ? 'objects nest too deep' : String(thrown),
    {
      path,
      cause: thrown,
    },
  );
}

function partial(frames: readonly Frame[], depth: number): JsonValue | undefined {
  const frame = frames[depth];
  if (frame === undefined) return undefined;
  const pending = partial(frames, depth + 1);
  const value = (op: number): JsonValue | undefined =>
    op in frame.values ? toJsonValue(frame.values[op]) : op === frame.op ? pending : undefined;
  if (frame.of === null) {
    const items: JsonValue[] = [];
    for (let op = 0; op <= frame.op; op++) items.push(value(op) ?? null);
    return items;
  }
  const object: Record<string, JsonValue> = { _: frame.of.tl };
  for (const [op, name] of fieldsByOperation(frame.of, frame.words)) {
    const field = op <= frame.op ? value(op) : undefined;
    if (field !== undefined) object[name] = field;
  }
  return object;
}
