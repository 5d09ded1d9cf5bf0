import type { CryptoWorkers } from '../crypto/workers.js';
import type { Unopened } from '../session/types.js';
import type { Frame } from '../transport/types.js';

/** Packets that are opened elsewhere at one time; those beyond are opened here, when it is their turn. */
const MOST_ELSEWHERE = 8;

/** Bytes that wait for their turn; when there are more, everything is dealt with here and now. */
const MOST_WAITING = 16 * 1024 * 1024;

export interface IncomingOptions {
  readonly workers: CryptoWorkers;
  /** What `open2` needs; null: it has to be delivered as it is. */
  unopened(frame: Frame): Unopened | null;
  /** @param opened - what `open2` made of the packet; undefined: nobody opened it. */
  deliver(frame: Frame, opened: Uint8Array | null | undefined): void;
}

interface Waiting {
  readonly bytes: number;
  /** False while it is being opened. */
  ready: boolean;
  deliver(): void;
}

/**
 * Frames on their way to the engine, in the order in which they came. Large packets are opened beside the main thread,
 * several at a time, and what came after them waits: the engine hears the same, in the same order, as if it had opened
 * them itself. (MTProto allows any order, but a packet that was overtaken by a thousand messages could no longer be told
 * from a replay, and one that says what became of an earlier message would be heard before that.)
 */
export class Incoming {
  private waiting: Waiting[] = [];
  /** Bytes in `waiting`. */
  private held = 0;
  private elsewhere = 0;

  constructor(private readonly options: IncomingOptions) {}

  take(frame: Frame): void {
    const unopened = this.toOpenElsewhere(frame);
    if (unopened !== null) this.open(frame, unopened);
    else if (this.waiting.length === 0) this.options.deliver(frame, undefined);
    else {
      const bytes = frame.type === 'packet' ? frame.bytes.length : 0;
      this.push({ bytes, ready: true, deliver: () => this.options.deliver(frame, undefined) });
    }
  }

  /** Runs when everything that came before is delivered. */
  after(run: () => void): void {
    if (this.waiting.length === 0) run();
    else this.push({ bytes: 0, ready: true, deliver: run });
  }

  /** Delivers everything now; what is still being opened elsewhere is opened here once more. */
  flush(): void {
    for (let next = this.shift(); next; next = this.shift()) next.deliver();
  }

  /** Forgets everything. */
  clear(): void {
    this.waiting = [];
    this.held = 0;
  }

  private toOpenElsewhere(frame: Frame): Unopened | null {
    const { workers, unopened } = this.options;
    if (frame.type !== 'packet' || frame.bytes.length < workers.threshold) return null;
    return this.elsewhere < MOST_ELSEWHERE ? unopened(frame) : null;
  }

  private open(frame: Frame, { packet, authKey, x }: Unopened): void {
    let opened: Uint8Array | null | undefined;
    const one: Waiting = {
      bytes: packet.length,
      ready: false,
      deliver: () => this.options.deliver(frame, opened),
    };
    this.elsewhere++;
    const done = (plain: Uint8Array | null | undefined): void => {
      this.elsewhere--;
      opened = plain;
      one.ready = true;
      this.advance();
    };
    this.options.workers.open2(packet, authKey, x).then(done, () => done(undefined));
    this.push(one);
  }

  private push(one: Waiting): void {
    this.waiting.push(one);
    this.held += one.bytes;
    if (this.held > MOST_WAITING) this.flush();
  }

  private shift(): Waiting | undefined {
    const next = this.waiting.shift();
    if (next) this.held -= next.bytes;
    return next;
  }

  private advance(): void {
    while (this.waiting[0]?.ready) this.shift()?.deliver();
  }
}
