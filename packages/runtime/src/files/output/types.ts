/** The part of a stream to write to, of the web or of Node, that matters here. */
export type WritableLike =
  | {
      getWriter(): {
        readonly ready: Promise<unknown>;
        write(bytes: Uint8Array): Promise<void>;
        close(): Promise<void>;
        abort(reason: unknown): Promise<void>;
        releaseLock(): void;
      };
    }
  | {
      readonly destroyed?: boolean;
      /** false: `drain` will tell when more may come. */
      write(bytes: Uint8Array): boolean;
      end(done: () => void): unknown;
      destroy?(error: Error): unknown;
      on(event: 'drain' | 'close', listener: () => void): unknown;
      on(event: 'error', listener: (error: unknown) => void): unknown;
      off(event: 'drain' | 'close', listener: () => void): unknown;
      off(event: 'error', listener: (error: unknown) => void): unknown;
    };
