import type { CallOptions } from '@tlgen/codec';

/** A value that has to be looked up. It stands in its field, or its place in a vector, until it is. */
export class Lookup {
  /** The object or array that holds it, under `key`. */
  target: object | null = null;
  key: string | number = '';

  constructor(readonly run: (options: CallOptions) => Promise<unknown>) {}

  /** Says where the value goes. */
  into(target: object, key: string | number): this {
    this.target = target;
    this.key = key;
    return this;
  }
}

/** Look-ups of one call that run at one time. */
const AT_ONCE = 8;

/** Looks everything up and puts it in its place. The first failure ends it; what has not begun then never does. */
export async function runLookups(lookups: readonly Lookup[], options: CallOptions): Promise<void> {
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    for (;;) {
      const lookup = lookups[next++];
      if (lookup === undefined || failed) return;
      try {
        const value = await lookup.run(options);
        if (lookup.target) Reflect.set(lookup.target, lookup.key, value);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, lookups.length) }, work));
}
