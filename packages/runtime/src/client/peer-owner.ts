import { jsonBytes, readJson } from '../storage/records.js';
import type { Store } from '../storage/store.js';
import { StorageError } from '../storage/types.js';

const SPACE = 'peer-owner';

/** Remembers whose access hashes are stored: they are of use to that account only. */
export class PeerOwner {
  constructor(
    private readonly state: Pick<Store, 'get' | 'commit'>,
    private readonly world: 'main' | 'test',
    private readonly forgetPeers: () => Promise<void>,
  ) {}

  /**
   * From now on what is stored of users and chats is this user's; what another saw is forgotten first. A process that
   * dies on the way leaves peers of the old owner, or none.
   *
   * @param userId - null: one of whom nobody knows yet who it is.
   */
  async claim(userId: bigint | null): Promise<void> {
    const owner = await this.read();
    if (userId !== null && owner === String(userId)) return;
    if (owner !== undefined || userId === null) await this.forgetPeers();
    const value = userId === null ? null : jsonBytes({ v: 1, userId: String(userId) });
    await this.state.commit([{ space: SPACE, key: this.world, value }]);
  }

  /** undefined: nobody has seen any; null: it cannot be read, so it is nobody who may use them. */
  private async read(): Promise<string | null | undefined> {
    const stored = await this.state.get(SPACE, this.world);
    if (!stored) return undefined;
    try {
      const { userId } = readJson(stored, 'owner of peers');
      return typeof userId === 'string' ? userId : null;
    } catch (error) {
      if (error instanceof StorageError) return null;
      throw error;
    }
  }
}
