import { Lru } from '../../../peers/memory/lru.js';
import type { FileOrigin } from '../types.js';
import { learnFiles } from './learn.js';
import { originKey } from './origin-key.js';

/** Photos and documents that are remembered. */
export const MAX_FILES = 10_000;
/** Places that are remembered of each, the last ones seen: a message may be deleted. */
const MAX_ORIGINS = 3;

/** Where photos and documents were seen. */
export class OriginMemory {
  private readonly seen = new Lru<string, readonly FileOrigin[]>(MAX_FILES);

  get size(): number {
    return this.seen.size;
  }

  /** Takes what the server answered or pushed. */
  learn(value: unknown): void {
    learnFiles(value, (type, id, origin) => {
      const key = keyOf(type, id);
      const before = this.seen.get(key);
      if (!before) {
        this.seen.set(key, [origin]);
        return;
      }
      const [newest] = before;
      const name = originKey(origin);
      if (newest && originKey(newest) === name) return;
      const others = before.filter((one) => originKey(one) !== name);
      this.seen.set(key, [origin, ...others].slice(0, MAX_ORIGINS));
    });
  }

  /** The newest first. */
  originsOf(type: 'photo' | 'document', id: bigint): readonly FileOrigin[] {
    return this.seen.get(keyOf(type, id)) ?? [];
  }
}

const keyOf = (type: 'photo' | 'document', id: bigint): string => `${type}:${id}`;
