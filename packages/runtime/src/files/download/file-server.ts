import type { TlMethod } from '@tlgen/codec';
import type { Stop } from './stop.js';
import type { DownloadContext } from './types.js';

/** The data center that has a file, wherever that is by now. */
export class FileServer {
  constructor(
    private readonly context: Pick<DownloadContext, 'invoke'>,
    /** undefined: home. */
    private dc: number | undefined,
    readonly signal: Stop,
  ) {}

  /** All calls after one that was sent elsewhere go there at once. */
  invoke<Result>(request: TlMethod<Result>): Promise<Result> {
    const onMoved = (dc: number): void => this.moved(dc);
    const { dc, signal } = this;
    const options = { dc, signal, connection: 'media', repeatable: true, onMoved } as const;
    return this.context.invoke(request, options);
  }

  /** At another data center than the file's. */
  invokeAt<Result>(dc: number, request: TlMethod<Result>): Promise<Result> {
    const { signal } = this;
    return this.context.invoke(request, { dc, signal, connection: 'media', repeatable: true });
  }

  moved(dc: number): void {
    this.dc = dc;
  }
}
