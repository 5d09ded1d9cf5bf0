/**
 * How much of a transfer is done: 0 … 100, with fractions, and below 100 while anything is missing.
 *
 * @param done - bytes.
 * @param total - bytes; of none, all are done.
 */
export function percentOf(done: number, total: number): number {
  return done >= total ? 100 : (done / total) * 100;
}
