import { encode } from '@tlgen/codec';
import { MsgsStateReq } from '@tlgen/mtproto';
import type { Now } from '../../platform/types.js';
import { MAX_IDS } from '../limits.js';
import { ASK_AFTER, type Outbox } from '../outbox/outbox.js';
import type { SentMessage } from '../outbox/sent-messages.js';

/** Longest pause between two questions about a call, milliseconds; also for calls that were acknowledged. */
const LONGEST = 60_000;

/** Asks what became of calls that nothing is heard of, so that none has to be sent twice on a guess. */
export class StateQuestions {
  /** Not later than the first question that is due. */
  #nextAt: number | null = null;

  constructor(
    private readonly outbox: Outbox,
    /** A bind request stayed without an answer. */
    private readonly bindOverdue: (message: SentMessage) => void,
  ) {}

  deadline(): number | null {
    return this.#nextAt;
  }

  /** Something that waits for an answer was sent. */
  sent(steady: number): void {
    this.#nextAt = Math.min(this.#nextAt ?? Infinity, steady + ASK_AFTER);
  }

  /** The server has the message: it may take its time. */
  acknowledged(message: SentMessage, steady: number): void {
    message.askAt = steady + LONGEST;
  }

  /** After a reconnect everything without an answer is asked about at once. */
  askAll(now: Now): void {
    for (const message of this.outbox.sent.all()) message.askAt = now.steady;
    this.tick(now, true);
  }

  tick(now: Now, force = false): void {
    if (!force && (this.#nextAt === null || now.steady < this.#nextAt)) return;
    const due: bigint[] = [];
    let next = Infinity;
    for (const message of this.outbox.sent.all()) {
      const { item } = message;
      if (item.type === 'service') continue;
      if (message.askAt <= now.steady) {
        if (item.type === 'bind') {
          this.bindOverdue(message);
          continue;
        }
        due.push(message.msgId);
        message.askAt = now.steady + pause(message, item.call.acknowledged);
        message.asked++;
      }
      next = Math.min(next, message.askAt);
    }
    this.#nextAt = next === Infinity ? null : next;
    for (let at = 0; at < due.length; at += MAX_IDS) {
      const msgIds = due.slice(at, at + MAX_IDS);
      this.outbox.request('state', encode(new MsgsStateReq({ msgIds })), msgIds);
    }
  }
}

function pause(message: SentMessage, acknowledged: boolean): number {
  return acknowledged ? LONGEST : Math.min(ASK_AFTER * 2 ** message.asked, LONGEST);
}
