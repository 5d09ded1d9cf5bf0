import { setTimeout as pause } from 'node:timers/promises';
import { CallLostError } from '@tlgen/runtime';
import type { Random } from '../../support/random.js';
import type { Stage } from './storm-stage.js';

/** Own messages under way at one time. */
const OWN = 5;
/** Out of a hundred cuts, so many come with a session that the server forgets. */
const DROPPED = 5;

/** Cuts connections while everybody writes, the account itself as well. */
export class Storm {
  private readonly sending = new Set<Promise<unknown>>();
  /** Own messages that the server took, and those of which nobody knows. */
  readonly acknowledged: string[] = [];
  readonly uncertain: string[] = [];
  readonly failed: unknown[] = [];
  cuts = 0;
  /** Sessions that the server forgot. */
  dropped = 0;

  constructor(
    private readonly at: Stage,
    private readonly random: Random,
  ) {}

  /** Cuts the connection once, in the middle of whatever goes on. @param until - ends the waiting for it. */
  async cut(until: () => boolean = () => false): Promise<void> {
    const { at, random } = this;
    if (random.chance(DROPPED)) this.dropped += at.dc.updates.dropSession(at.me);
    const fault = at.dc.faults.add({
      kind: 'cut',
      on: random.pick(['incoming', 'outgoing']),
      when: random.pick(['before', 'after']),
      times: 1,
      skip: random.below(6),
      match: ({ handshake }) => !handshake,
    });
    while (fault.count === 0 && !until()) {
      if (random.chance(40)) at.talk(random);
      if (this.sending.size < OWN && random.chance(20)) this.send();
      await pause(1);
    }
    this.cuts += fault.count;
  }

  /** Resolves when no own message is under way. */
  async end(): Promise<void> {
    await Promise.all(this.sending);
  }

  private send(): void {
    const text = `own ${this.acknowledged.length + this.uncertain.length + this.sending.size}`;
    const name = `${text} ${this.random.next()}`;
    const sending: Promise<unknown> = this.at.one.client
      .sendText(this.random.pick(['@friend', '@talkers']), name)
      .then(
        () => this.acknowledged.push(name),
        // Whoever loses the session cannot know.
        (error: unknown) =>
          error instanceof CallLostError && this.dropped > 0
            ? this.uncertain.push(name)
            : this.failed.push(error),
      )
      .finally(() => this.sending.delete(sending));
    this.sending.add(sending);
  }
}
