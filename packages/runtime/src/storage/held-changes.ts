import type { StorageChange } from './types.js';

/** A change that waits to be written, and its place in the order of all that was asked for. */
export interface HeldChange extends StorageChange {
  readonly order: number;
}

/** Changes that are not written yet: the newest of each key. */
export class HeldChanges {
  private readonly spaces = new Map<string, Map<string, HeldChange>>();
  private count = 0;

  get size(): number {
    return this.count;
  }

  get(space: string, key: string): HeldChange | undefined {
    return this.spaces.get(space)?.get(key);
  }

  /** All of one space. */
  in(space: string): readonly HeldChange[] {
    return [...(this.spaces.get(space)?.values() ?? [])];
  }

  /** All, oldest first. */
  all(): readonly HeldChange[] {
    const all = [...this.spaces.values()].flatMap((keys) => [...keys.values()]);
    return all.sort((a, b) => a.order - b.order);
  }

  /** Holds a change, unless a newer one of its key is held. */
  put(change: HeldChange): void {
    let keys = this.spaces.get(change.space);
    if (!keys) this.spaces.set(change.space, (keys = new Map()));
    const held = keys.get(change.key);
    if (held && held.order > change.order) return;
    if (!held) this.count++;
    keys.set(change.key, change);
  }

  /** Lets go of what is held of a key, if it is older than `order`. @returns what it was. */
  dropOlder(space: string, key: string, order: number): HeldChange | undefined {
    const keys = this.spaces.get(space);
    const held = keys?.get(key);
    if (!keys || !held || held.order >= order) return undefined;
    keys.delete(key);
    if (keys.size === 0) this.spaces.delete(space);
    this.count--;
    return held;
  }

  clear(): void {
    this.spaces.clear();
    this.count = 0;
  }
}
