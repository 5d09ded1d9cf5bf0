import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { LocalDc, type ChatLike, type TestBot, type TestPerson } from '@tlgen/local-dc';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { diedInside, liveAndDie, type Life } from '../support/kill.js';
import { Random, RUNS, seedFor } from '../support/random.js';
import { quickTime, type UpdatesPlan } from './program/updates-plan.js';
import { compiledBundle, type Compiled } from './compiled-bundle.js';
import { UpdatesLedger } from './updates-ledger.js';

const KILLS = 20 * RUNS;
/** Bots that are killed at the same time. */
const BOTS = 2;
/** Milliseconds between messages, and until a life is killed, on average. */
const PACE = 8;
const LIFE = 120;
/** Messages for each life: a busy machine, on which lives take long, is not given more of them. */
const MESSAGES = 15;
/** Fast, so that what is done is stored while a life lasts: a second of the program is one tenth of that. */
const CLOCK: UpdatesPlan['clock'] = { real: Date.now(), at: Date.now(), speed: 10 };

let dc: LocalDc;
let folder: string;
let program: Compiled;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tlgen-killed-bots-'));
  program = await compiledBundle(new URL('program/updates.ts', import.meta.url), folder);
  dc = await LocalDc.start({ clock: () => quickTime(CLOCK) });
});
afterAll(async () => {
  await dc.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A bot that is killed again and again, and those who write to it all the time. */
class KilledBot {
  readonly sent: string[] = [];
  readonly problems: string[] = [];
  /** Lives that were killed while a handler was at work. */
  inside = 0;
  readonly database: string;
  private readonly places: readonly (readonly [from: TestPerson, to: ChatLike])[];
  private readonly ledgerPath: string;
  private lives = 0;

  private constructor(
    readonly bot: TestBot,
    readonly people: readonly [TestPerson, TestPerson],
    private readonly random: Random,
    private readonly flaw: UpdatesPlan['flaw'],
  ) {
    const [ann, bob] = people;
    const channel = dc.createChannel({
      title: 'Talk',
      creator: ann,
      members: [bob, bot],
      megagroup: true,
    });
    // One line of updates each.
    this.places = [
      [ann, bot],
      [bob, bot],
      [ann, channel],
    ];
    this.database = join(folder, `${bot.id}.db`);
    this.ledgerPath = join(folder, `${bot.id}.ledger`);
  }

  static async create(number: number, flaw: UpdatesPlan['flaw'] = null): Promise<KilledBot> {
    const bot = await dc.createUser({ bot: true, username: `killed_${number}_bot` });
    const people = [await dc.createUser(), await dc.createUser()] as const;
    return new KilledBot(bot, people, new Random(seedFor('killed bot', number)), flaw);
  }

  /** The first life, which ends when it is told: it makes the start of all others quicker. */
  async compile(): Promise<Life> {
    const ended = new AbortController();
    const telling = (async () => {
      while (!ended.signal.aborted) {
        this.tellAll('compile');
        await pause(50);
      }
    })();
    const life = await this.live('compile');
    ended.abort();
    await telling;
    return life;
  }

  /** The last life: handles what is left. */
  async end(): Promise<void> {
    this.tellAll('the end');
    await this.live('the end');
  }

  /** @param last - the text that ends it; null: it is killed. */
  async live(last: string | null, moment = this.someMoment()): Promise<Life> {
    const { bot, places } = this;
    const plan: UpdatesPlan = {
      dc: dc.clientOptions,
      token: bot.token,
      session: join(folder, `${bot.id}.session`),
      database: this.database,
      ledger: this.ledgerPath,
      life: ++this.lives,
      last: last === null ? null : { text: last, chats: places.length },
      flaw: this.flaw,
      clock: CLOCK,
    };
    const args = [...(program.isCompiled ? [] : ['--compile']), JSON.stringify(plan)];
    const life = await liveAndDie(program.path, args, last === null ? moment : null);
    const died = last === null ? life.killed : life.lines.at(-1) === 'closed';
    if (!died) this.problems.push(`life ${this.lives} ended with ${life.code}: ${life.errors}`);
    this.problems.push(...life.lines.filter((line) => line.startsWith('error ')));
    if (diedInside(life)) this.inside++;
    return life;
  }

  /** People write, whether it lives or not, until the lives are over. @param most - messages for each life. */
  async writeDuring(lives: () => Promise<void>, most = MESSAGES): Promise<void> {
    const over = new AbortController();
    const writing = (async () => {
      while (!over.signal.aborted) {
        await pause(1 + this.random.below(2 * PACE));
        if (this.sent.length >= most * this.lives) continue;
        const text = `text ${this.sent.length}`;
        const [from, to] = this.random.pick(this.places);
        this.sent.push(text);
        dc.send(from, to, text);
      }
    })();
    await lives();
    over.abort();
    await writing;
  }

  tellAll(text: string): void {
    for (const [from, to] of this.places) dc.send(from, to, text);
  }

  /** What was sent and never handled. */
  get lost(): string[] {
    const { counts } = this.ledger;
    return this.sent.filter((text) => !counts.has(text));
  }

  get ledger(): UpdatesLedger {
    const { ledgerPath: path } = this;
    return new UpdatesLedger(
      existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [],
    );
  }

  private someMoment(): { after: string; milliseconds: number } {
    const after = this.random.chance(10) ? 'started' : 'ready';
    return { after, milliseconds: this.random.below(2 * LIFE) };
  }
}

/** Texts of what was done once, by key. */
function effects(path: string): string[] {
  const require = createRequire(new URL('../../packages/runtime/package.json', import.meta.url));
  const Database = require('libsql') as new (path: string) => {
    prepare(sql: string): { all(): { readonly text: string }[] };
    close(): void;
  };
  const database = new Database(path);
  const rows = database.prepare('SELECT text FROM done').all();
  database.close();
  return rows.map(({ text }) => text);
}

/** Texts of a bot's answers to numbered messages. */
function answersOf({ bot, people }: KilledBot): string[] {
  return people
    .flatMap((one) => dc.messagesOf(one, bot))
    .flatMap((one) => (one._ === 'message' ? [one.message] : []))
    .filter((text) => text.startsWith('answer to text '));
}

describe('a bot that is killed at any moment', () => {
  it('handles everything at least once, and by key exactly once', async () => {
    const bots = await Promise.all(Array.from({ length: BOTS }, (_, at) => KilledBot.create(at)));
    for (const one of bots) {
      await one.compile();
      expect(one.problems).toEqual([]);
    }
    await Promise.all(
      bots.map((one) =>
        one.writeDuring(async () => {
          for (let kill = 0; kill < KILLS / BOTS; kill++) await one.live(null);
        }),
      ),
    );
    await Promise.all(bots.map((one) => one.end()));
    for (const one of bots) {
      expect(one.problems).toEqual([]);
      const { again, doubled, saves } = one.ledger;
      console.log(
        `${KILLS / BOTS} kills, ${one.inside} inside a handler; ${one.sent.length} messages, ` +
          `${doubled} handled again; ${saves} writes`,
      );
      expect(one.lost).toEqual([]);
      expect(again).toEqual([]);
      // The recipe of the guide: whatever was handled twice was done once.
      const numbered = effects(one.database).filter((text) => text.startsWith('text '));
      expect(numbered.toSorted()).toEqual(one.sent.toSorted());
      const answers = answersOf(one);
      expect(answers.length).toBeGreaterThan(0);
      expect(new Set(answers).size).toBe(answers.length);
      // Lives that end before anything is at stake prove nothing.
      expect(one.inside).toBeGreaterThan((KILLS / BOTS) * 0.1);
      expect(saves).toBeGreaterThan((KILLS / BOTS) * 0.5);
    }
    expect(dc.refusals.list).toEqual([]);
  }, 600_000);

  /** Kills it three times, when it has handled some and said that they are durable. */
  const killSaved = (one: KilledBot): Promise<void> =>
    one.writeDuring(async () => {
      for (let kill = 0; kill < 3; kill++)
        await one.live(null, { after: 'busy', milliseconds: 300 });
    }, Infinity);

  it('would be noticed to lose what a handler does not wait for', async () => {
    const one = await KilledBot.create(100, 'hasty-handler');
    await one.compile();
    await killSaved(one);
    await one.end();
    expect(one.lost).not.toEqual([]);
  });

  it('would be noticed to say too early that something is durable', async () => {
    const one = await KilledBot.create(101, 'lazy-storage');
    await one.compile();
    await killSaved(one);
    expect(one.ledger.again).not.toEqual([]);
  });
});
