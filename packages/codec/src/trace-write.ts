import type { TlError } from './errors.js';
import type { TlClass, TlObject } from './object.js';
import { placed } from './trace-read.js';
import { Trail } from './trail.js';
import { TlWriter } from './writer.js';

const classOf = (object: TlObject): TlClass => object.constructor as unknown as TlClass;

/** A writer that knows where it is: slow, for explaining a failure. */
class TracingWriter extends TlWriter {
  readonly trail: Trail = new Trail();

  override int = (value: number): void => this.trail.step(() => super.int(value));
  override nat = (value: number): void => this.trail.step(() => super.nat(value));
  override long = (value: bigint): void => this.trail.step(() => super.long(value));
  override int53 = (value: number): void => this.trail.step(() => super.int53(value));
  override double = (value: number): void => this.trail.step(() => super.double(value));
  override string = (value: string): void => this.trail.step(() => super.string(value));
  override bytes = (value: Uint8Array): void => this.trail.step(() => super.bytes(value));
  override bool = (value: boolean): void => this.trail.step(() => super.bool(value));
  override true = (): void => this.trail.step(() => super.true());
  override fixed = (value: Uint8Array, length: number): void =>
    this.trail.step(() => super.fixed(value, length));

  override flags(word: number): void {
    this.trail.step(() => super.flags(word));
    this.trail.word(word);
  }

  override object(value: TlObject): void {
    this.trail.step(() => this.inner(value, () => super.object(value)));
  }

  override bare(value: TlObject, name: string): void {
    this.trail.step(() => this.inner(value, () => super.bare(value, name)));
  }

  /** Only a proper object opens a frame; a wrong value fails in its parent's. */
  private inner(value: TlObject, write: () => void): void {
    if (typeof value?.$write !== 'function') return write();
    this.trail.enter(classOf(value), write);
  }

  /** By index, as the fast writer does: `forEach` would skip the holes of an array. */
  private items<T>(items: readonly T[], item: (w: TlWriter, value: T) => void): void {
    this.trail.enter(null, () => {
      for (let i = 0; i < items.length; i++) item(this, items[i] as T);
    });
  }

  override vector<T>(
    items: readonly T[],
    boxed: boolean,
    item: (w: TlWriter, value: T) => void,
  ): void {
    this.trail.step(() => {
      this.count(items, boxed);
      this.items(items, item);
    });
  }

  override tuple<T>(
    items: readonly T[],
    count: number,
    item: (w: TlWriter, value: T) => void,
  ): void {
    this.trail.step(() => {
      if (!Array.isArray(items) || items.length !== count)
        this.fail(items, `an array of ${count} items`);
      this.items(items, item);
    });
  }

  override objects(items: readonly TlObject[]): void {
    this.vector(items, true, (w, value) => w.object(value));
  }
  override ints(items: readonly number[]): void {
    this.vector(items, true, (w, value) => w.int(value));
  }
  override longs(items: readonly bigint[]): void {
    this.vector(items, true, (w, value) => w.long(value));
  }
  override strings(items: readonly string[]): void {
    this.vector(items, true, (w, value) => w.string(value));
  }
}

/** Writes again what failed to be written, to learn the path of the field at fault. */
export function explainWrite(object: TlObject, thrown: unknown): TlError {
  const writer = new TracingWriter();
  try {
    do {
      // Some checks are made only where there is room for the value.
      if (writer.pos > writer.capacity) writer.reserve(writer.pos * 2);
      writer.restart(0);
      writer.trail.enter(classOf(object), () => object.$write(writer));
    } while (writer.pos > writer.capacity);
  } catch (again) {
    return placed(again, writer.trail);
  }
  return placed(thrown, new Trail());
}
