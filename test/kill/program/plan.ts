/** What one life of the program is to do: its one argument, as JSON. */
export interface Plan {
  /** Of the data center: settings of the client, and the code of every sign-in. */
  readonly dc: object;
  readonly code: string;
  /** Of the SQLite file. */
  readonly path: string;
  /** Empty: not encrypted. */
  readonly passphrase: string;
  /** The setting: 0, or the default, and then the program saves peers itself. */
  readonly saveInterval: number;
  readonly pfs: boolean;
  readonly phone: string;
  readonly password: string | null;
  /** Whom the messages are for: a username. */
  readonly friend: string;
  /** Who is looked up has this before a number in their usernames. */
  readonly prefix: string;
  /** What the operations of this life are drawn from. */
  readonly seed: number;
  /** Numbers that no life before has used. */
  readonly next: { readonly message: number; readonly name: number };
  /** Ids that have to be known without a question to the server. */
  readonly known: readonly string[];
  /** Operations until it ends by itself. */
  readonly until: number | null;
  /** What the storage writes half a second later than it says: a mistake that the test has to notice. */
  readonly lazy: 'everything' | 'peers' | null;
}

/** What a program says at its start: who is signed in, and what of {@link Plan.known} is lost. */
export interface Found {
  readonly self: string | null;
  readonly lost: readonly string[];
}

/** Operations, by what they are killed in. */
export type Operation = 'sign-in' | 'sign-out' | 'send' | 'see' | 'save';
