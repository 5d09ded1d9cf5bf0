import type { Letter } from './types.js';

/** The messages of one conversation, in the order of their ids. */
export class Thread {
  private readonly letters: Letter[] = [];

  get size(): number {
    return this.letters.length;
  }

  get newest(): Letter | undefined {
    return this.letters.at(-1);
  }

  /** Keeps a message that is newer than all others. */
  add(letter: Letter): void {
    this.letters.push(letter);
  }

  replace(letter: Letter): void {
    const at = this.find(letter.message.id);
    if (at !== null) this.letters[at] = letter;
  }

  remove(id: number): void {
    const at = this.find(id);
    if (at !== null) this.letters.splice(at, 1);
  }

  /** All of them, newest first. */
  newestFirst(): Letter[] {
    return [...this.letters].reverse();
  }

  /** From the newest back, as far as somebody asks. */
  *back(): Generator<Letter, void> {
    for (let at = this.letters.length - 1; at >= 0; at--) {
      const letter = this.letters[at];
      if (letter) yield letter;
    }
  }

  private find(id: number): number | null {
    let low = 0;
    let high = this.letters.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.letters[middle]?.message.id ?? 0) < id) low = middle + 1;
      else high = middle;
    }
    return this.letters[low]?.message.id === id ? low : null;
  }
}
