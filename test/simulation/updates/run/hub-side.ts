import type { base } from '@tlgen/telegram';
import type { Clock } from '../../../../packages/runtime/src/platform/types.js';
import type { Delivery, Lost } from '../../../../packages/runtime/src/updates/engine/index.js';
import type { UpdateEvent } from '../../../../packages/runtime/src/updates/event/index.js';
import { Filter, NOTHING } from '../../../../packages/runtime/src/updates/filters/index.js';
import { UpdateHub } from '../../../../packages/runtime/src/updates/hub/index.js';
import * as make from '../model/make.js';
import type { Taker } from './sink.js';

/** What a handler of a hub needs of its life. */
export interface HubSideContext {
  readonly clock: Clock;
  readonly queueLimit: number;
  /** Milliseconds that a handler takes, and whether it fails then. */
  handler(): { readonly takes: number; readonly fails: boolean };
  shows(update: base.TypeUpdate): void;
  isDone(update: base.TypeUpdate): void;
  problem(text: string): void;
}

/** A real hub with one handler for everything. */
export class HubSide implements Taker {
  waiting = 0;
  readonly #hub: UpdateHub;
  /** In which order they were given to the hub. */
  readonly #order = new Map<base.TypeUpdate, number[]>();
  readonly #last = new Map<bigint, number>();
  #given = 0;

  constructor(private readonly context: HubSideContext) {
    const { clock, queueLimit } = context;
    this.#hub = new UpdateHub({
      clock,
      log: { log: () => undefined },
      actions: {
        sendText: () => Promise.reject(new Error('nobody sends')),
        known: () => null,
        answerCallback: () => Promise.reject(new Error('nobody answers')),
        self: () => ({ id: make.SELF, bot: false, username: null }),
      },
      settings: () => ({ queueLimit, overflow: 'pause' }),
      wanted: () => undefined,
      handlerFailed: (error) => {
        if (!String(error).includes('a handler fails')) context.problem(String(error));
      },
      lost: () => undefined,
    });
    this.#hub.on(new Filter(() => NOTHING), (event) => this.#handle(event), { own: true });
  }

  deliver(delivery: Delivery, done: () => void): void {
    this.waiting++;
    // what takes no number may come twice, the same object
    this.#order.set(delivery.update, [...(this.#order.get(delivery.update) ?? []), ++this.#given]);
    this.#hub.deliver(delivery, () => {
      this.waiting--;
      done();
    });
  }

  lost(lost: Lost): void {
    this.#hub.lost(lost);
  }

  async drain(): Promise<void> {
    const ended = await this.#hub.drain(20_000);
    if (!ended) this.context.problem('handlers do not end in time');
  }

  async #handle({ update, chatId }: UpdateEvent): Promise<void> {
    const { clock } = this.context;
    const order = this.#order.get(update)?.shift() ?? 0;
    if (order === 0) this.context.problem(`${update._} comes to a handler twice`);
    if (chatId !== null) {
      const last = this.#last.get(chatId) ?? 0;
      if (order < last) this.context.problem(`chat ${chatId}: ${order} is handled after ${last}`);
      this.#last.set(chatId, order);
    }
    this.context.shows(update);
    const { takes, fails } = this.context.handler();
    if (takes > 0) await new Promise<void>((resolve) => clock.after(takes, resolve));
    this.context.isDone(update);
    if (fails) throw new Error('a handler fails');
  }
}
