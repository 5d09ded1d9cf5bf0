import { join } from 'node:path';
import type { LocalDc, TestPerson } from '@tlgen/local-dc';
import { liveAndDie, type Life, type Moment } from '../support/kill.js';
import { Random } from '../support/random.js';
import { Ledger } from './ledger.js';
import type { Operation, Plan } from './program/plan.js';

/** What differs between the accounts that are killed. */
export interface Kind {
  readonly saveInterval: number;
  readonly pfs: boolean;
  readonly passphrase: string;
  readonly password: string | null;
  /** A mistake to be noticed. */
  readonly lazy?: Plan['lazy'];
}

/** Of how many kills, and how many of them hit which operation. */
export interface Tally {
  kills: number;
  readonly inside: Record<Operation, number>;
}

/** Who is looked up: they come to be when they are asked for. */
export const STRANGER = 'stranger_';

/** An account whose program is killed again and again, on one storage. */
export class Account {
  readonly ledger: Ledger;
  readonly tally: Tally = {
    kills: 0,
    inside: { 'sign-in': 0, 'sign-out': 0, send: 0, see: 0, save: 0 },
  };
  private readonly random: Random;

  private constructor(
    private readonly dc: LocalDc,
    private readonly kind: Kind,
    readonly user: TestPerson,
    private readonly friend: TestPerson,
    private readonly program: string,
    private readonly path: string,
    seed: number,
  ) {
    this.random = new Random(seed);
    this.ledger = new Ledger(String(user.id), kind.saveInterval === 0);
  }

  /** @param folder - for its storage. */
  static async create(
    dc: LocalDc,
    kind: Kind,
    { program, folder, seed }: { program: string; folder: string; seed: number },
  ): Promise<Account> {
    const user = await dc.createUser({
      ...(kind.password !== null && { password: kind.password }),
    });
    const friend = await dc.createUser({ username: `friend_of_${user.id}` });
    return new Account(dc, kind, user, friend, program, join(folder, `${user.id}.session`), seed);
  }

  /**
   * Lives until it is killed.
   *
   * @param mode - others than `killed` end by themselves; one that `compiles` makes the start of all others quicker.
   */
  async live(
    mode: 'killed' | 'spared' | 'compiles',
    moment: Moment = this.someMoment(),
  ): Promise<void> {
    const { ledger, tally } = this;
    const killed = mode === 'killed';
    const plan = JSON.stringify(this.plan(killed ? null : 10));
    const args = mode === 'compiles' ? ['--compile', plan] : [plan];
    const life = await liveAndDie(this.program, args, killed ? moment : null);
    const before = ledger.problems.length;
    ledger.add(life);
    this.checkMessages();
    if (!killed && life.lines.at(-1) !== 'closed') ledger.problems.push('did not come to its end');
    if (killed) {
      tally.kills++;
      const inside = diedIn(life);
      if (inside) tally.inside[inside]++;
    }
    for (const problem of ledger.problems.slice(before)) this.tellOf(problem, life);
  }

  /** Mostly in the middle of work; some die at the start, and some live longer. */
  private someMoment(): Moment {
    const { random } = this;
    if (random.chance(10)) return { after: 'started', milliseconds: random.below(150) };
    return { after: 'ready', milliseconds: random.below(random.chance(20) ? 300 : 75) };
  }

  private plan(until: number | null): Plan {
    const { kind, user, friend, ledger, random } = this;
    return {
      dc: this.dc.clientOptions,
      code: this.dc.loginCode,
      path: this.path,
      passphrase: kind.passphrase,
      saveInterval: kind.saveInterval,
      pfs: kind.pfs,
      phone: user.phone,
      password: kind.password,
      friend: friend.username ?? '',
      prefix: `${STRANGER}${user.id}_`,
      seed: random.next(),
      next: ledger.next,
      known: [...ledger.known],
      until,
      lazy: kind.lazy ?? null,
    };
  }

  /** Every number once at most, and those that were acknowledged once. */
  private checkMessages(): void {
    const { acknowledged, next, problems } = this.ledger;
    const counts = new Map<string, number>();
    for (const { message } of this.dc.world.user(this.friend.id)?.box.letters.values() ?? []) {
      if (message._ !== 'message') continue;
      counts.set(message.message, (counts.get(message.message) ?? 0) + 1);
    }
    for (const number of acknowledged)
      if (counts.get(number) !== 1)
        problems.push(`message ${number}: ${counts.get(number) ?? 0} times`);
    for (const [number, count] of counts)
      if (count > 1 || Number(number) >= next.message)
        problems.push(`message ${number}: ${count} times`);
  }

  private tellOf(problem: string, { lines }: Life): void {
    const { kills } = this.tally;
    if (this.kind.lazy) return;
    const { saveInterval, pfs, passphrase } = this.kind;
    const kind = JSON.stringify({ saveInterval, pfs, encrypted: passphrase !== '' });
    console.error(`${kind}, kill ${kills}: ${problem}\n  ${lines.slice(-12).join('\n  ')}`);
  }
}

/** What it was killed in the middle of. */
function diedIn({ lines, killed }: Life): Operation | null {
  const last = lines.findLast((line) => /^(begin|done|failed) /.test(line));
  const [word, name] = last?.split(' ') ?? [];
  return killed && word === 'begin' ? (name as Operation) : null;
}
