/** The earliest of some deadlines; null when there is none. */
export function earliest(...deadlines: readonly (number | null)[]): number | null {
  let first: number | null = null;
  for (const one of deadlines) if (one !== null && (first === null || one < first)) first = one;
  return first;
}
