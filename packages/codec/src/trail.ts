import type { TlPathStep } from './errors.js';
import { fieldsByOperation } from './layout.js';
import type { TlClass } from './object.js';

/** An object or a vector being read or written. */
export interface Frame {
  /** Null in a vector: then the operations are its items. */
  readonly of: TlClass | null;
  /** Number of the operation under way; -1 before the first. */
  op: number;
  /** Flag words seen so far. */
  readonly words: number[];
  /** Values of the finished operations. */
  readonly values: unknown[];
}

/**
 * Where in an object a reader or writer stands. It is kept only on the second run, after the fast first run failed:
 * so paths in errors cost nothing as long as all goes well.
 */
export class Trail {
  readonly frames: Frame[] = [];
  private inside = false;

  /** Runs one operation: what it does within itself does not count, but for frames it enters. */
  step<T>(run: () => T): T {
    if (this.inside) return run();
    const frame = this.frames.at(-1);
    if (frame) frame.op++;
    this.inside = true;
    const value = run();
    this.inside = false;
    if (frame) frame.values[frame.op] = value;
    return value;
  }

  /** Runs the operations of an object or of a vector's items. */
  enter<T>(of: TlClass | null, run: () => T): T {
    this.frames.push({ of, op: -1, words: [], values: [] });
    const was = this.inside;
    this.inside = false;
    const value = run();
    this.inside = was;
    this.frames.pop();
    return value;
  }

  /** Notes a flag word: it decides which operations follow. */
  word(word: number): void {
    this.frames.at(-1)?.words.push(word);
  }

  /** The way from the outermost object to the operation under way. */
  path(): TlPathStep[] {
    const path: TlPathStep[] = [];
    this.frames.forEach((frame, depth) => {
      if (frame.of === null) {
        if (frame.op >= 0) path.push(frame.op);
        return;
      }
      if (depth === 0) path.push(frame.of.tl);
      const name = fieldsByOperation(frame.of, frame.words).get(frame.op);
      if (name !== undefined) path.push(name);
    });
    return path;
  }
}
