import type * as tl from '@tlgen/telegram';

/** Updates without pts or qts that a difference has to bring again. */
export class KeptUpdates {
  private readonly kept = new Map<
    string,
    { readonly date: number; readonly update: tl.TypeUpdate }
  >();

  /** Keeps an update; a later one under the same key replaces it. */
  keep(key: string, date: number, update: tl.TypeUpdate): void {
    this.kept.delete(key);
    this.kept.set(key, { date, update });
  }

  /** Updates of that second and later: differences may repeat them, never lose them. */
  since(date: number): tl.TypeUpdate[] {
    return [...this.kept.values()].filter((one) => one.date >= date).map((one) => one.update);
  }
}
