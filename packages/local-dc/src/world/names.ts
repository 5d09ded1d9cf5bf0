import type { PeerKey } from './types.js';

/** User names, which users, bots, groups and channels share, whatever their case. */
export class Names {
  private readonly owners = new Map<string, PeerKey>();

  /** Who has that name. */
  owner(name: string): PeerKey | undefined {
    return this.owners.get(name.toLowerCase());
  }

  /** Gives a name in place of the one before; null: none. */
  give(key: PeerKey, before: string | null, after: string | null): void {
    if (before !== null && this.owner(before) === key) this.owners.delete(before.toLowerCase());
    if (after !== null) this.owners.set(after.toLowerCase(), key);
  }

  /** Names that hold a text, with their owners. */
  *holding(text: string): Generator<readonly [name: string, owner: PeerKey], void> {
    const wanted = text.toLowerCase();
    for (const entry of this.owners) if (entry[0].includes(wanted)) yield entry;
  }
}
