import type { Lifetime } from './lifetime.js';

/**
 * The steps of a download. Other than with a plain generator, `return()` does not wait for the step that is under way:
 * it cancels it, and whoever waits for it is told that nothing follows.
 */
export class StoppableParts implements AsyncGenerator<Uint8Array, void> {
  private returned = false;

  constructor(
    private readonly lifetime: Lifetime,
    private readonly steps: AsyncGenerator<Uint8Array, void>,
  ) {}

  async next(): Promise<IteratorResult<Uint8Array, void>> {
    try {
      return await this.steps.next();
    } catch (error) {
      if (this.returned) return { done: true, value: undefined };
      throw error;
    }
  }

  return(): Promise<IteratorResult<Uint8Array, void>> {
    this.returned = true;
    this.lifetime.end();
    return this.steps.return();
  }

  throw(error: unknown): Promise<IteratorResult<Uint8Array, void>> {
    this.lifetime.end();
    return this.steps.throw(error);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }
}
