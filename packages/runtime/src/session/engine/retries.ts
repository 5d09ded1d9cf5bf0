/** Counts how often something happened within a span of time. */
export class Retries {
  #times: number[] = [];

  /** @param within - milliseconds. */
  constructor(
    private readonly most: number,
    private readonly within: number,
  ) {}

  /** Notes that it happened. @returns whether that was once too often. */
  tooMany(steady: number): boolean {
    this.#times = this.#times.filter((time) => steady - time < this.within);
    this.#times.push(steady);
    if (this.#times.length <= this.most) return false;
    this.#times = [];
    return true;
  }
}
