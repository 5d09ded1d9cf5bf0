/** What a store needs of its client. */
export interface StoreOptions {
  /** Calls back once, after that many milliseconds. */
  after(milliseconds: number, callback: () => void): { cancel(): void };
  /** Seconds that {@link Store.later} may wait; 0: not at all. Read each time, for it may change. */
  saveInterval(): number;
  /** A write of {@link Store.later} failed; it is tried again after the next interval. */
  onError?(error: unknown): void;
}
