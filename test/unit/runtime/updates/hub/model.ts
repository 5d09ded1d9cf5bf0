import { expect } from 'vitest';
import type { UpdateEvent } from '../../../../../packages/runtime/src/updates/event/index.js';
import type {
  Conversation,
  UpdateStream,
} from '../../../../../packages/runtime/src/updates/hub/index.js';
import { all, Bench, gate, said, settled, texts, typing, wholeAlbums } from './kit.js';

/** What a handler does with a message of that text. */
export const DEEDS = [
  'quick',
  'slow',
  'throw',
  'reject',
  'wait',
  'forget',
  'converse',
  'answer',
] as const;
export type Deed = (typeof DEEDS)[number];

export type Op =
  | { readonly do: 'deliver'; readonly chat: number; readonly deed: Deed; readonly album: boolean }
  | { readonly do: 'typing'; readonly chat: number }
  | { readonly do: 'own'; readonly chat: number }
  /** One of those that take time ends. */
  | { readonly do: 'end'; readonly which: number }
  | { readonly do: 'read' }
  | { readonly do: 'poll' }
  | { readonly do: 'open'; readonly chat: number }
  | { readonly do: 'await'; readonly which: number }
  | { readonly do: 'close'; readonly which: number }
  | { readonly do: 'pass'; readonly milliseconds: number };

const TOLD = 'as it was told';

/** A hub with handlers that do what messages say, and the account of what has to be true. */
export class Model {
  readonly bench = new Bench();
  /** Ids of what each chat's handlers saw, and of what waits took. */
  private readonly handled = new Map<bigint, number[]>();
  private readonly secondSaw = new Map<bigint, number[]>();
  private readonly taken: number[] = [];
  private readonly delivered: {
    readonly chat: bigint;
    readonly own: boolean;
    readonly typing: boolean;
  }[] = [];
  private readonly running = new Map<bigint, number>();
  private readonly gates: ReturnType<typeof gate>[] = [];
  private readonly open: Conversation[] = [];
  private readonly reader: UpdateStream;
  private readonly read: number[] = [];
  private asked = 0;
  private asking = false;
  private polled = 0;
  private pollers = false;
  /** What came before was not collected for getUpdates. */
  private polledFrom = 0;
  private readonly problems: string[] = [];
  /** Everything ends now: what is done then need not be read. */
  private ending = false;

  constructor() {
    const { hub } = this.bench;
    hub.on(wholeAlbums, ({ album }) => this.must(album.length > 0, 'an empty album'));
    hub.on(all, (event) => this.handle(event));
    hub.on(all, (event) => void push(this.secondSaw, chatOf(event), event.id));
    this.reader = hub.updates();
  }

  async apply(op: Op): Promise<void> {
    switch (op.do) {
      case 'deliver': {
        const groupedId = op.album ? 1n : undefined;
        const chat = BigInt(op.chat);
        this.deliver(said({ chat, text: op.deed, ...(groupedId && { groupedId }) }), chat);
        break;
      }
      case 'typing':
        this.deliver(typing(BigInt(op.chat)), BigInt(op.chat), 'typing');
        break;
      case 'own':
        this.deliver(said({ chat: BigInt(op.chat), out: true }), BigInt(op.chat), 'own');
        break;
      case 'end':
        this.gates.splice(op.which % (this.gates.length || 1), 1)[0]?.open();
        break;
      case 'read':
        this.readOne();
        break;
      case 'poll':
        await this.poll();
        break;
      case 'open':
        this.converse(BigInt(op.chat));
        break;
      case 'await':
        this.await(this.open[op.which % (this.open.length || 1)]);
        break;
      case 'close':
        this.open.splice(op.which % (this.open.length || 1), 1)[0]?.close();
        break;
      case 'pass':
        await this.bench.clock.pass(op.milliseconds);
    }
    await settled();
  }

  /** Lets everything come to its end, and looks at the account. */
  async finish(): Promise<void> {
    for (let i = 0; i < 1000 && !this.atRest; i++) {
      for (const one of this.gates.splice(0)) one.open();
      for (const one of this.open.splice(0)) one.close();
      await this.bench.clock.pass(1000);
      await settled();
    }
    while (!this.asking) {
      this.readOne();
      await settled();
    }
    this.ending = true;
    await this.reader.return();
    if (this.pollers) await this.bench.hub.getUpdates({ offset: this.delivered.length });
    this.check();
  }

  private get atRest(): boolean {
    return this.gates.length === 0 && this.open.length === 0 && this.bench.lanes === 0;
  }

  private check(): void {
    const { bench, delivered } = this;
    expect(this.problems).toEqual([]);
    for (const [error] of bench.failures) expect(error).toMatchObject({ message: TOLD });
    const ids = delivered.map((_, id) => id);
    const foreign = ids.filter((id) => !delivered[id]?.own);
    // every event is done, exactly once
    expect(bench.done).toEqual(delivered.map(() => 1));
    // and was handled, or taken by a wait, exactly once; the account's own by nobody
    const handled = [...this.handled.values()].flat();
    expect([...handled, ...this.taken].sort((a, b) => a - b)).toEqual(foreign);
    // in the order of the chat, but for those who type while an album comes
    for (const list of this.handled.values()) {
      const ordered = list.filter((id) => !delivered[id]?.typing);
      expect(ordered).toEqual(ordered.toSorted((a, b) => a - b));
    }
    expect(this.secondSaw).toEqual(this.handled);
    // the reader saw all, in order
    expect(this.read).toEqual(foreign);
    expect([bench.lanes, bench.clock.pending]).toEqual([0, 0]);
  }

  private deliver(
    update: Parameters<Bench['deliver']>[0] & object,
    chat: bigint,
    what?: string,
  ): void {
    const id = this.delivered.length;
    this.delivered.push({ chat, own: what === 'own', typing: what === 'typing' });
    this.bench.deliverFrom(update, 'push', () => this.onDone(id));
  }

  private must(holds: boolean, problem: string): void {
    if (!holds) this.problems.push(problem);
  }

  private onDone(id: number): void {
    const own = this.delivered[id]?.own ?? false;
    this.must(![...this.running.values()].includes(id), 'done while a handler was busy with it');
    if (own || this.ending) return;
    const at = this.read.indexOf(id);
    this.must(at >= 0 && this.asked > at + 1, 'done before the reader asked for the next');
    const confirmed = !this.pollers || id < this.polled || id < this.polledFrom;
    this.must(confirmed, 'done before getUpdates confirmed it');
  }

  private async handle(event: UpdateEvent): Promise<void> {
    const chat = chatOf(event);
    this.must(!this.running.has(chat), 'two at a time');
    const talking = this.open.some(({ chatId }) => chatId === chat);
    this.must(!talking, 'handled while a conversation was open');
    push(this.handled, chat, event.id);
    this.running.set(chat, event.id);
    try {
      await this.act(event);
    } finally {
      this.running.delete(chat);
    }
  }

  private async act(event: UpdateEvent): Promise<void> {
    switch (event.text as Deed) {
      case 'slow':
        return this.pause();
      case 'throw':
      case 'reject':
        if (event.text === 'reject') await this.pause();
        throw new Error(TOLD);
      case 'wait':
        await this.waited(event.waitFor(texts('answer'), { from: 'anyone', timeout: 700 }));
        return this.pause();
      case 'forget':
        void this.waited(event.waitFor(texts('answer', 'slow'), { timeout: 700 }));
        return undefined;
      case 'converse':
        this.converse(chatOf(event));
        return this.pause();
      default:
        return undefined;
    }
  }

  private pause(): Promise<void> {
    const one = gate();
    this.gates.push(one);
    return one.promise;
  }

  private converse(chat: bigint): void {
    if (this.open.length < 3) this.open.push(this.bench.hub.conversation(chat));
  }

  private await(conversation: Conversation | undefined): void {
    if (conversation)
      void this.waited(conversation.waitFor(texts('answer', 'quick'), { timeout: 900 }));
  }

  private async waited(wait: Promise<UpdateEvent>): Promise<void> {
    try {
      this.taken.push((await wait).id);
    } catch (error) {
      const { code } = error as { readonly code?: string };
      this.must(code === 'TIMEOUT' || code === 'CONVERSATION_CLOSED', `failed with ${code}`);
    }
  }

  private readOne(): void {
    if (this.asking) return;
    this.asking = true;
    this.asked++;
    void this.reader.next().then(({ value }) => {
      this.asking = false;
      if (value) this.read.push(value.id);
    });
  }

  private async poll(): Promise<void> {
    if (!this.pollers) this.polledFrom = this.delivered.length;
    this.pollers = true;
    const answer = await this.bench.hub.getUpdates({ offset: this.polled, limit: 3 });
    const last = answer.at(-1);
    if (last) this.polled = last.updateId + 1;
    const early = answer.some(({ updateId }) => this.bench.done[updateId] !== 0);
    this.must(!early, 'given by getUpdates although it was done');
  }
}

const chatOf = ({ chatId }: UpdateEvent): bigint => chatId ?? 0n;

function push(map: Map<bigint, number[]>, chat: bigint, id: number): void {
  const list = map.get(chat);
  if (list) list.push(id);
  else map.set(chat, [id]);
}
