/** The names nearest to a misspelt one, best first; only those that are plausibly meant. */
export function suggest(word: string, names: Iterable<string>, most = 3): string[] {
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(wanted.length / 3));
  const near: { name: string; distance: number }[] = [];
  for (const name of new Set(names)) {
    const lower = name.toLowerCase();
    const local = lower.slice(lower.lastIndexOf('.') + 1);
    // The right name in a wrong or missing namespace is nearly right.
    const whole = distance(wanted, lower, limit);
    const part = wanted.includes('.')
      ? local === wanted.slice(wanted.lastIndexOf('.') + 1)
        ? 1
        : Infinity
      : distance(wanted, local, limit) + 0.5;
    const best = Math.min(whole, part);
    if (best <= limit) near.push({ name, distance: best });
  }
  near.sort((a, b) => a.distance - b.distance || a.name.length - b.name.length);
  return near.slice(0, most).map(({ name }) => name);
}

/** Edit distance with swaps of neighbours; Infinity above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return Infinity;
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(at(row, j) + 1, at(next, j - 1) + 1, at(row, j - 1) + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, at(before, j - 2) + 1);
      next.push(cost);
    }
    if (Math.min(...next) > limit) return Infinity;
    before = row;
    row = next;
  }
  return at(row, b.length);
}

const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
