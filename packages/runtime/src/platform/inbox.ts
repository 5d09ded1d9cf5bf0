import type { SocketReceiver } from './sockets.js';

/**
 * The receiving half of a socket: keeps what comes before anybody listens, and tells the end exactly once and last.
 * A receiver may be replaced at any time, even while it is being called.
 */
export class Inbox {
  private readonly waiting: Uint8Array[] = [];
  private receiver: SocketReceiver | null = null;
  private ended: { readonly error: Error | undefined } | null = null;
  private told = false;
  private delivering = false;

  /** Whether the end has come; nothing is taken any more. */
  get closed(): boolean {
    return this.ended !== null;
  }

  data(bytes: Uint8Array): void {
    if (this.ended !== null || bytes.length === 0) return;
    this.waiting.push(bytes);
    this.deliver();
  }

  close(error?: Error): void {
    if (this.ended !== null) return;
    this.ended = { error };
    this.deliver();
  }

  /** This side closes: nothing that still waits is wanted. */
  discard(): void {
    this.waiting.length = 0;
    this.close();
  }

  listen(receiver: SocketReceiver): void {
    this.receiver = receiver;
    this.deliver();
  }

  /** Puts bytes back that a receiver did not want; a receiver set later gets them first. */
  unshift(bytes: Uint8Array): void {
    this.receiver = null;
    if (bytes.length > 0) this.waiting.unshift(bytes);
  }

  private deliver(): void {
    if (this.delivering) return;
    this.delivering = true;
    try {
      while (this.receiver !== null && this.waiting.length > 0) {
        const bytes = this.waiting.shift();
        if (bytes !== undefined) this.receiver.onData(bytes);
      }
    } finally {
      this.delivering = false;
    }
    if (this.ended === null || this.told || this.receiver === null) return;
    this.told = true;
    this.receiver.onClose(this.ended.error);
  }
}
