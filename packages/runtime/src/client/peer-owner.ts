import { jsonBytes, readJson } from '../storage/records.js';
import type { Store } from '../storage/store.js';

const SPACE = 'peer-owner';

/** Remembers whose access hashes are stored: they are of use to that account only. */
export class PeerOwner {
  constructor(
    private readonly state: Pick<Store, 'get' | 'commit'>,
    private readonly world: 'main' | 'test',
  ) {}

  /** Whether what is stored of users and chats was seen by somebody else. */
  async isAnother(userId: bigint): Promise<boolean> {
    const stored = await this.state.get(SPACE, this.world);
    return stored !== null && readJson(stored, 'owner of peers')['userId'] !== String(userId);
  }

  async set(userId: bigint): Promise<void> {
    const value = jsonBytes({ v: 1, userId: String(userId) });
    await this.state.commit([{ space: SPACE, key: this.world, value }]);
  }
}
