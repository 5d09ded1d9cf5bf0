import { FileError } from '../errors.js';

/**
 * How long a source lives: until it is closed, or its signal ends it. Both end waiting at once, whatever the host's
 * promise does then, and give back what the source holds, once.
 */
export class Lifetime {
  private ended: { readonly reason: unknown } | null = null;
  private released: Promise<void> | null = null;
  private readonly waiting = new Set<(reason: unknown) => void>();
  private readonly onAbort = (): void => {
    void this.end(this.signal?.reason);
  };

  /**
   * @param release - gives back what is held; what it fails with is dropped.
   * `pending`: something was still waited for, so that an orderly end may never come.
   */
  constructor(
    private readonly signal: AbortSignal | undefined,
    private readonly release: (reason: unknown, pending: boolean) => Promise<unknown>,
  ) {
    if (signal?.aborted === true) this.onAbort();
    else signal?.addEventListener('abort', this.onAbort);
  }

  /** @throws what the source was ended with. */
  throwIfEnded(): void {
    if (this.ended !== null) throw this.ended.reason;
  }

  /** The result of the work, unless the source ends before. */
  wait<T>(work: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.throwIfEnded();
      this.waiting.add(reject);
      work().then(
        (value) => {
          this.waiting.delete(reject);
          resolve(value);
        },
        (error: unknown) => {
          this.waiting.delete(reject);
          reject(error);
        },
      );
    });
  }

  close(): Promise<void> {
    return this.end(new FileError('BAD_SOURCE', 'The source was closed; open it again to read it'));
  }

  private end(reason: unknown): Promise<void> {
    if (this.released !== null) return this.released;
    this.ended = { reason };
    this.signal?.removeEventListener('abort', this.onAbort);
    const pending = this.waiting.size > 0;
    for (const reject of this.waiting) reject(reason);
    this.waiting.clear();
    this.released = this.giveBack(reason, pending);
    return this.released;
  }

  private async giveBack(reason: unknown, pending: boolean): Promise<void> {
    try {
      await this.release(reason, pending);
    } catch {
      // It is of no use any more, however it ends.
    }
  }
}
