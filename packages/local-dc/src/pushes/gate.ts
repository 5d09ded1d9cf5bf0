import { checkPushFault } from './check.js';
import { PushFault, type PushFaultKind } from './fault.js';
import type { ActivePushFault, Push, PushCopies, PushHold, PushTrigger } from './types.js';

/** What a gate needs. */
export interface PushGateHost {
  /** A number from 0 up to 1: a seeded source makes faults repeatable. */
  random(): number;
  /** Does something later. @param milliseconds - from now. */
  after(milliseconds: number, run: () => void): { cancel(): void };
  /** A push goes to its sessions. */
  deliver(push: Push): void;
  /** A push is lost. */
  lost(push: Push): void;
}

interface Held {
  readonly push: Push;
  readonly fault: PushFault;
  /** Which push it is, of all that came. */
  readonly at: number;
  /** How many later pushes it waits for; null: only its time counts. */
  readonly pushes: number | null;
  /** Those it waited for so far: copies of one count once. */
  readonly passed: Set<number>;
  timer: { cancel(): void } | null;
}

/** What may be given beside when it happens. */
const OWN = {
  lose: [],
  duplicate: ['copies'],
  delay: ['ms', 'pushes'],
  reorder: ['ms', 'pushes'],
} as const;

/** Milliseconds that a delay takes, and after which nobody waits for a later push any more. */
const DELAY = [50, 500] as const;
const HOLD = 200;

/**
 * Where pushes meet what goes wrong with them: before they become messages of a session, so that nothing repeats what
 * is lost here.
 */
export class PushGate {
  readonly #faults = new Set<PushFault>();
  readonly #silent = new Set<bigint>();
  readonly #held = new Set<Held>();
  #came = 0;

  constructor(private readonly host: PushGateHost) {}

  /**
   * @param mustExist - throws for options that name what is not there.
   * @throws TypeError for options that cannot be.
   */
  add(
    kind: PushFaultKind,
    options: PushTrigger & PushHold & PushCopies,
    mustExist?: (trigger: PushTrigger) => void,
  ): ActivePushFault {
    checkPushFault(kind, options, OWN[kind]);
    mustExist?.(options);
    const fault = new PushFault(kind, { ...options }, (stopped) => this.#ended(stopped));
    this.#faults.add(fault);
    return fault;
  }

  /** Ends all that was added, and every silence. */
  clear(): void {
    this.#silent.clear();
    for (const fault of this.#faults) fault.stop();
  }

  silence(userId: bigint): void {
    this.#silent.add(userId);
  }

  /** @returns whether there was silence. */
  resume(userId: bigint): boolean {
    return this.#silent.delete(userId);
  }

  /** Lets a push pass: now, later, several times, or not at all. */
  pass(push: Push): void {
    if (this.#silent.has(push.userId) || this.#strike(push, 'lose')) {
      this.host.lost(push);
      return;
    }
    const at = ++this.#came;
    const doubled = this.#strike(push, 'duplicate');
    const copies = 1 + (doubled ? (doubled.options.copies ?? 1) : 0);
    for (let i = 0; i < copies; i++) this.#one(push, at);
    // Those late by a number of pushes count what comes, also what is late itself: else nothing ever went out.
    this.#passed('delay', push, at);
  }

  #one(push: Push, at: number): void {
    const fault = this.#strike(push, 'delay', 'reorder');
    if (fault) this.#hold(push, at, fault);
    else this.#deliver(push, at);
  }

  #hold(push: Push, at: number, fault: PushFault): void {
    const { kind, options } = fault;
    const reorders = kind === 'reorder';
    const pushes = options.pushes ?? (reorders ? 1 : null);
    const held: Held = { push, fault, at, pushes, passed: new Set(), timer: null };
    // Whoever says how many pushes, and no time, means so.
    const ms = options.ms ?? (options.pushes === undefined ? (reorders ? HOLD : DELAY) : null);
    this.#held.add(held);
    if (ms !== null) held.timer = this.host.after(this.#draw(ms), () => this.#release(held));
  }

  /** What goes out may be what was to overtake others. */
  #deliver(push: Push, at: number): void {
    this.host.deliver(push);
    this.#passed('reorder', push, at);
  }

  /** Releases those that waited for this push as the last one. */
  #passed(kind: PushFaultKind, { keyId }: Push, at: number): void {
    const due = [...this.#held].filter((one) => {
      if (one.pushes === null || one.fault.kind !== kind) return false;
      if (one.push.keyId !== keyId || one.at >= at) return false;
      return one.passed.add(at).size >= one.pushes;
    });
    for (const one of due) this.#release(one);
  }

  #release(held: Held): void {
    if (!this.#held.delete(held)) return;
    held.timer?.cancel();
    // Who is silenced meanwhile is told nothing.
    if (this.#silent.has(held.push.userId)) this.host.lost(held.push);
    else this.#deliver(held.push, held.at);
  }

  #ended(fault: PushFault): void {
    this.#faults.delete(fault);
    for (const held of this.#held)
      if (held.fault === fault && held.timer === null) this.#release(held);
  }

  /** The first of these that happens to a push. */
  #strike(push: Push, ...kinds: PushFaultKind[]): PushFault | null {
    for (const one of this.#faults) {
      if (!kinds.includes(one.kind) || this.#awaits(one, push)) continue;
      if (one.happens(push, () => this.host.random())) return one;
    }
    return null;
  }

  /** Whether this push is to overtake what the fault holds back: if it were held too, the order would stay. */
  #awaits(fault: PushFault, { keyId }: Push): boolean {
    if (fault.kind !== 'reorder') return false;
    for (const held of this.#held)
      if (held.fault === fault && held.push.keyId === keyId) return true;
    return false;
  }

  #draw(ms: number | readonly [least: number, most: number]): number {
    return typeof ms === 'number' ? ms : ms[0] + (ms[1] - ms[0]) * this.host.random();
  }
}
