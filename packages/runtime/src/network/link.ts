import type { CryptoProvider } from '../crypto/provider/types.js';
import type { Clock, Timer } from '../platform/types.js';
import { TransportError, type Frame, type Transport } from '../transport/types.js';
import { asError } from './as-error.js';
import { Backoff } from './backoff.js';
import type { ConnectionState, Dial } from './types.js';

export interface LinkOptions {
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly dial: Dial;
  onState(state: ConnectionState): void;
  onOpen(transport: Transport): void;
  onFrame(frame: Frame): void;
  /** Polling transports only: the server cannot say anything until something is sent. */
  onIdle(): void;
  /** The transport is gone; another one is on its way when this returns. */
  onLost(): void;
  /** Trying again cannot mend this. */
  onFatal(error: Error): void;
}

/** A transport that worked for so long was a success, whatever ended it. Milliseconds. */
const LONG_LIVED = 10_000;

/** Keeps one transport open: dials, and dials again with growing pauses when it ends. One at a time. */
export class Link {
  private readonly backoff: Backoff;
  private current: Transport | null = null;
  private dialing: AbortController | null = null;
  private timer: Timer | null = null;
  private readySince: number | null = null;
  private stopped = false;

  constructor(private readonly options: LinkOptions) {
    this.backoff = new Backoff(options.crypto);
  }

  /** The open transport; null while there is none. */
  get transport(): Transport | null {
    return this.current;
  }

  start(): void {
    if (!this.stopped) this.dial();
  }

  /** For good: no transport, no timer, no attempt under way. */
  stop(): void {
    this.stopped = true;
    this.timer?.cancel();
    this.timer = null;
    this.dialing?.abort();
    this.dialing = null;
    const transport = this.current;
    this.current = null;
    transport?.close();
  }

  /** The session works over this transport. */
  ready(): void {
    this.readySince ??= this.options.clock.now().steady;
  }

  /** The server did something useful: the next repetition may come at once. */
  succeeded(): void {
    this.backoff.reset();
  }

  /** This transport is of no more use: another one, please. */
  drop(reason: string): void {
    const transport = this.current;
    if (!transport) return;
    this.current = null;
    transport.close();
    this.lost(reason);
  }

  private dial(): void {
    this.options.onState({ type: 'connecting' });
    if (this.stopped) return;
    const dialing = (this.dialing = new AbortController());
    this.options.dial(dialing.signal).then(
      (transport) => {
        if (this.dialing === dialing) this.opened(transport);
        else transport.close();
      },
      (error: unknown) => {
        if (this.dialing !== dialing) return;
        this.dialing = null;
        this.failed(asError(error));
      },
    );
  }

  private failed(error: Error): void {
    // The same settings would fail in the same way for ever.
    const fatal =
      error instanceof TransportError &&
      (error.code === 'bad-settings' || error.code === 'unsupported');
    if (fatal) this.options.onFatal(error);
    else this.retry(error.message);
  }

  private opened(transport: Transport): void {
    this.dialing = null;
    this.current = transport;
    this.options.onState({ type: 'exchanging-keys' });
    if (this.current !== transport) return;
    this.options.onOpen(transport);
    try {
      this.listen(transport);
    } catch (error) {
      // Sockets may be the user's: one that breaks its contract is a failed attempt.
      this.drop(asError(error).message);
    }
  }

  private listen(transport: Transport): void {
    transport.listen({
      onFrame: (frame) => {
        if (this.current === transport) this.options.onFrame(frame);
      },
      onIdle: () => {
        if (this.current === transport) this.options.onIdle();
      },
      onClose: (error) => {
        if (this.current !== transport) return;
        this.current = null;
        this.lost(error?.message ?? 'the other side closed the connection');
      },
    });
  }

  private lost(reason: string): void {
    const { readySince } = this;
    this.readySince = null;
    if (readySince !== null && this.options.clock.now().steady - readySince >= LONG_LIVED) {
      this.backoff.reset();
    }
    this.options.onLost();
    if (!this.stopped) this.retry(reason);
  }

  private retry(reason: string): void {
    const { clock, onState } = this.options;
    const delay = this.backoff.next();
    // Set before it is told, so that whoever stops the link when told cancels it.
    this.timer = clock.after(delay, () => {
      this.timer = null;
      this.dial();
    });
    onState({ type: 'waiting', until: clock.now().wall + delay, reason });
  }
}
