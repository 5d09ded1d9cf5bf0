/**
 * Runs work on all items, `limit` at one time. When one fails the others are ended and waited for.
 *
 * @param end - is called when one has failed, and ends the others.
 * @returns the results in order.
 * @throws what the first to fail threw.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, at: number) => Promise<R>,
  end: () => void,
): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  let failed: { readonly error: unknown } | undefined;
  const worker = async (): Promise<void> => {
    for (const [at, item] of queue) {
      if (failed) return;
      try {
        results[at] = await work(item, at);
      } catch (error) {
        if (failed) return;
        failed = { error };
        end();
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failed) throw (failed as { readonly error: unknown }).error;
  return results;
}
