import type { TlMethod } from '@tlgen/codec';
import { FloodedCalls } from '../flooded-calls.js';
import type { Stop } from './stop.js';
import type { DownloadContext } from './types.js';

/** The data center that has a file, wherever that is by now. */
export class FileServer {
  private readonly through: FloodedCalls;

  constructor(
    private readonly context: Pick<DownloadContext, 'invoke' | 'floodWaitBelow'>,
    /** undefined: home. */
    private dc: number | undefined,
    readonly signal: Stop,
  ) {
    this.through = new FloodedCalls(() => context.floodWaitBelow ?? 0);
  }

  /** All calls after one that was sent elsewhere go there at once. */
  invoke<Result>(request: TlMethod<Result>): Promise<Result> {
    const onMoved = (dc: number): void => this.moved(dc);
    const { dc, signal } = this;
    const options = { dc, signal, connection: 'media', repeatable: true, onMoved } as const;
    return this.through.floods(() => this.context.invoke(request, options));
  }

  /**
   * At another data center than the file's.
   *
   * @param timeout - milliseconds; undefined: as long as it takes.
   */
  invokeAt<Result>(
    dc: number,
    request: TlMethod<Result>,
    timeout: number | undefined,
  ): Promise<Result> {
    const { signal } = this;
    const options = { dc, signal, timeout, connection: 'media', repeatable: true } as const;
    return this.through.floods(() => this.context.invoke(request, options));
  }

  moved(dc: number): void {
    this.dc = dc;
  }
}
