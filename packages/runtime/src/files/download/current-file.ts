import type { RpcError } from '../../core/errors.js';
import { orAbort } from '../../core/sleep.js';
import { FileError } from '../errors.js';
import type { RemoteFile } from '../location/types.js';
import type { Stop } from './stop.js';
import type { DownloadContext } from './types.js';

/** Fresh references that are refused, with nothing that came in between, are a fault that this ends. */
const MAX_RENEWALS = 3;

/** The file with the newest reference to it, which all its parts share. */
export class CurrentFile {
  private renewals = 0;
  private renewing: Promise<void> | null = null;

  constructor(
    private readonly context: Pick<DownloadContext, 'refresh'>,
    private current: RemoteFile,
    private readonly signal: Stop,
  ) {}

  get file(): RemoteFile {
    return this.current;
  }

  /** The server took the reference. */
  worked(): void {
    this.renewals = 0;
  }

  /**
   * Gets a fresh reference, once for all parts that failed with the same.
   *
   * @param stale - what the request was made with.
   * @throws FileError `REFERENCE_EXPIRED`, and what the refresh rejects with.
   */
  async renew(stale: RemoteFile, cause: RpcError): Promise<void> {
    while (this.current === stale) {
      this.renewing ??= this.refresh(stale, cause).finally(() => {
        this.renewing = null;
      });
      await orAbort(this.renewing, this.signal);
    }
  }

  private async refresh(stale: RemoteFile, cause: RpcError): Promise<void> {
    if (this.renewals >= MAX_RENEWALS) {
      const message = `The server refused ${MAX_RENEWALS} fresh references to the file, one after another`;
      throw new FileError('REFERENCE_EXPIRED', message, { cause });
    }
    this.renewals += 1;
    const { signal } = this;
    const fresh = await this.context.refresh(stale, { signal });
    if (fresh.identity !== stale.identity || fresh.location === null) {
      const message = 'Where the file came from is another file now: look it up again';
      throw new FileError('REFERENCE_EXPIRED', message, { cause });
    }
    // A copy, so that it differs from the stale one even if it is the same object.
    this.current = { ...fresh };
  }
}
