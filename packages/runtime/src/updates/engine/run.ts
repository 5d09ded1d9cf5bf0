import type { Ledger } from './ledger.js';
import type { Item, Outbox } from './outbox.js';
import type { Offered, Sequence, Step } from './sequence.js';
import type { Inquiry } from './inquiry.js';
import type { BoxId } from './types.js';

/** Puts a numbered update in its sequence, where {@link runSteps} finds it; what cannot wait is asked for. */
export function offerItem(
  sequence: Sequence<Item>,
  inquiry: Inquiry,
  entry: { readonly pts: number; readonly count: number; readonly value: Item | null },
): Offered {
  const offered = sequence.offer({ ...entry });
  if (offered === 'conflict' || offered === 'full') inquiry.want();
  return offered;
}

/** Delivers what is due in a box of pts or qts, unless an answer is awaited. */
export function runSteps(
  sequence: Sequence<Item>,
  inquiry: Inquiry,
  now: number,
  deliver: (step: Step<Item>) => void,
): void {
  if (inquiry.postponing) return;
  const { steps, conflict } = sequence.drain(now);
  for (const step of steps) deliver(step);
  if (conflict) inquiry.want();
}

/** Delivers one update and notes how far its box has come with it. */
export function deliverStep(
  out: Outbox,
  box: BoxId,
  ledger: Ledger<number>,
  { value, reached }: Step<Item>,
): void {
  if (value !== null) out.deliver(value, box, ledger);
  if (reached !== null) ledger.reached(reached);
}
