import type { Life } from '../support/kill.js';
import type { Found, Operation } from './program/plan.js';

/** What a program was told is durable, life after life, and what of it was lost. */
export class Ledger {
  /** Who has to be known without a question to the server. */
  readonly known = new Set<string>();
  /** Messages that the server said it has. */
  readonly acknowledged = new Set<string>();
  /** Numbers that no life has used yet. */
  readonly next = { message: 1, name: 1 };
  /** What must not have happened. */
  readonly problems: string[] = [];
  /** Undefined: it died in the middle of signing in or out. */
  private signedIn: boolean | undefined = false;
  /** Seen, but not saved yet. */
  private readonly seen = new Set<string>();
  private saving: string[] = [];
  private refused = false;

  /**
   * @param self - id of the account.
   * @param savesItself - what is seen is durable when it is told, rather than when it is saved.
   */
  constructor(
    private readonly self: string,
    private readonly savesItself: boolean,
  ) {}

  /** Reads what a life said, from its first word to its last. */
  add({ lines, errors, killed, code }: Life): void {
    this.refused = false;
    if (errors !== '') this.problems.push(`stderr: ${errors}`);
    if (!killed && code !== 0) this.problems.push(`ended with ${code}`);
    for (const line of lines) {
      const [word = '', name = '', ...rest] = line.split(' ');
      const what = rest.join(' ');
      if (word === 'found') this.found(JSON.parse(line.slice(word.length)) as Found);
      else if (word === 'begin') this.begin(name as Operation, what);
      else if (word === 'done') this.done(name as Operation, what);
      else if (word === 'refused') this.refused = true;
      else if (word === 'failed' || word === 'error') this.problems.push(line);
    }
  }

  private found({ self, lost }: Found): void {
    const expected = this.signedIn;
    const right = self === null || self === this.self;
    if (!right || (expected !== undefined && expected !== (self !== null)))
      this.problems.push(`signed in: ${self}, should be ${expected}`);
    if (this.refused && expected !== undefined)
      this.problems.push('the server does not know the one who is signed in');
    if (lost.length > 0) this.problems.push(`unknown: ${lost.join(', ')}`);
    this.signedIn = self !== null;
    if (self === null) this.forget();
    this.seen.clear();
  }

  private begin(name: Operation, what: string): void {
    if (name === 'sign-in' || name === 'sign-out') this.signedIn = undefined;
    if (name === 'sign-out') this.forget();
    if (name === 'send') this.next.message = Number(what) + 1;
    if (name === 'see') this.next.name = Number(/\d+$/.exec(what)?.[0]) + 1;
    if (name === 'save') this.saving = [...this.seen];
  }

  private done(name: Operation, what: string): void {
    if (name === 'sign-in') {
      this.signedIn = true;
      if (what !== this.self) this.problems.push(`signed in as ${what}`);
    }
    if (name === 'sign-out') this.signedIn = false;
    if (name === 'send') this.acknowledged.add(what);
    if (name === 'see') (this.savesItself ? this.known : this.seen).add(what);
    if (name === 'save') for (const id of this.saving) this.known.add(id);
  }

  /** Access hashes are the account's own: they end with the sign-in. */
  private forget(): void {
    this.known.clear();
    this.seen.clear();
  }
}
