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
  /** Later pushes that have to pass first; null: only its time counts. */
  left: number | null;
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

  constructor(private readonly host: PushGateHost) {}

  /** @throws TypeError for options that cannot be. */
  add(kind: PushFaultKind, options: PushTrigger & PushHold & PushCopies): ActivePushFault {
    checkPushFault(kind, options, OWN[kind]);
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
    const doubled = this.#strike(push, 'duplicate');
    const copies = 1 + (doubled ? (doubled.options.copies ?? 1) : 0);
    for (let i = 0; i < copies; i++) this.#one(push);
  }

  #one(push: Push): void {
    const fault = this.#strike(push, 'delay', 'reorder');
    if (fault) this.#hold(push, fault);
    else this.#deliver(push);
  }

  #hold(push: Push, fault: PushFault): void {
    const { kind, options } = fault;
    const reorders = kind === 'reorder';
    const left = options.pushes ?? (reorders ? 1 : null);
    const held: Held = { push, fault, left, timer: null };
    // Whoever says how many pushes, and no time, means so.
    const ms = options.ms ?? (options.pushes === undefined ? (reorders ? HOLD : DELAY) : null);
    this.#held.add(held);
    if (ms !== null) held.timer = this.host.after(this.#draw(ms), () => this.#release(held));
  }

  /** What goes out may be what others waited for. */
  #deliver(push: Push): void {
    this.host.deliver(push);
    const due = [...this.#held].filter((one) => {
      if (one.left === null || one.push.keyId !== push.keyId) return false;
      return --one.left <= 0;
    });
    for (const one of due) this.#release(one);
  }

  #release(held: Held): void {
    if (!this.#held.delete(held)) return;
    held.timer?.cancel();
    // Who is silenced meanwhile is told nothing.
    if (this.#silent.has(held.push.userId)) this.host.lost(held.push);
    else this.host.deliver(held.push);
  }

  #ended(fault: PushFault): void {
    this.#faults.delete(fault);
    for (const held of this.#held)
      if (held.fault === fault && held.timer === null) this.#release(held);
  }

  /** The first of these that happens to a push. */
  #strike(push: Push, ...kinds: PushFaultKind[]): PushFault | null {
    for (const one of this.#faults)
      if (kinds.includes(one.kind) && one.happens(push, () => this.host.random())) return one;
    return null;
  }

  #draw(ms: number | readonly [least: number, most: number]): number {
    return typeof ms === 'number' ? ms : ms[0] + (ms[1] - ms[0]) * this.host.random();
  }
}
