/** What the ledger of a bot says that was killed again and again. */
export class UpdatesLedger {
  /** How often each numbered text was handled to the end. */
  readonly counts = new Map<string, number>();
  /** Handled again although the place past it was durable. */
  readonly again: string[] = [];
  /** Handled again because it was not. */
  doubled = 0;
  /** Durable places. */
  saves = 0;

  /** @param lines - `handled LIFE TEXT` when a handler has ended, `saved LIFE` when a place is durable. */
  constructor(lines: readonly string[]) {
    /** In this life: since no write, since one, since two; the last are durable. */
    let fresh = new Set<string>();
    let written = new Set<string>();
    const durable = new Set<string>();
    let life = '';
    for (const line of lines) {
      const [word = '', of = '', ...rest] = line.split(' ');
      if (of !== life) {
        life = of;
        fresh = new Set();
        written = new Set();
      }
      if (word === 'saved') {
        // A write under way when a handler ended may not know of it; the one after that does.
        for (const text of written) durable.add(text);
        written = fresh;
        fresh = new Set();
        this.saves++;
        continue;
      }
      const text = rest.join(' ');
      if (!text.startsWith('text ')) continue;
      const count = (this.counts.get(text) ?? 0) + 1;
      this.counts.set(text, count);
      if (durable.has(text)) this.again.push(`${text} in life ${life}`);
      if (count > 1) this.doubled++;
      fresh.add(text);
    }
  }
}
