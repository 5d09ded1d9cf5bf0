/** Number of single-character edits (a swap of neighbours counts as one) between two words; stops counting above `limit`. */
export function editDistance(a: string, b: string, limit = Infinity): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforePrevious: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (previous[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (previous[j - 1] ?? 0) + (same ? 0 : 1),
      );
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (beforePrevious[j - 2] ?? 0) + 1);
      row.push(cost);
      best = Math.min(best, cost);
    }
    if (best > limit) return limit + 1;
    beforePrevious = previous;
    previous = row;
  }
  return previous[b.length] ?? 0;
}

/**
 * Up to `count` known names a misspelt one may have meant, best first. Case and namespace slips cost
 * little: `sendMessage` finds `messages.sendMessage`.
 */
export function suggest(word: string, known: Iterable<string>, count = 3): string[] {
  if (word.length > 200) return [];
  const wanted = word.toLowerCase();
  const limit = Math.max(1, Math.floor(word.length / 3));
  const scored: { name: string; score: number }[] = [];
  for (const name of known) {
    const candidate = name.toLowerCase();
    let score = editDistance(wanted, candidate, limit);
    const local = candidate.slice(candidate.lastIndexOf('.') + 1);
    if (local !== candidate) score = Math.min(score, editDistance(wanted, local, limit) + 0.5);
    if (score <= limit) scored.push({ name, score });
  }
  scored.sort((a, b) => a.score - b.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, count).map(({ name }) => name);
}

/** ``did you mean `User`?``, or null when nothing is close. */
export function didYouMean(word: string, known: Iterable<string>): string | null {
  const names = suggest(word, known).map((name) => `\`${name}\``);
  const last = names.pop();
  if (last === undefined) return null;
  return `did you mean ${names.length > 0 ? `${names.join(', ')} or ` : ''}${last}?`;
}
