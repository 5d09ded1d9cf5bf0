/** Counts those who want updates. */
export class Consumers {
  private count = 0;

  /** @param wanted - called when somebody wants updates, and nobody did before. */
  constructor(private readonly wanted: () => void) {}

  get any(): boolean {
    return this.count > 0;
  }

  come(): void {
    this.count++;
    if (this.count === 1) this.wanted();
  }

  go(): void {
    this.count--;
  }
}
