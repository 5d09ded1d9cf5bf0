import { readSession } from './formats/read-session.js';
import { sessionChanges, storedSession } from './formats/stored-session.js';
import {
  SessionFormatError,
  type SessionAddress,
  type SessionData,
  type SessionFormat,
} from './formats/types.js';
import { writeSession } from './formats/write-session.js';
import { MemoryStorage } from './memory.js';

/** What a format may demand and a storage does not hold. */
export interface ExportOptions {
  /** Address of the home data center; Telegram's own when left out. */
  readonly address?: SessionAddress | undefined;
  readonly apiId?: number | undefined;
  /** The session of the test servers, when there are two. Default false. */
  readonly testMode?: boolean | undefined;
}

/**
 * A storage in memory that begins as a session in a text, and can be written as one: ours, or that of another library.
 * Only keys and sign-in are in the text; what else a client stores lasts as long as the process.
 *
 * ```ts
 * const storage = new StringSession(process.env.SESSION);
 * // … sign in with a client, then:
 * console.log(await storage.export());
 * ```
 */
export class StringSession extends MemoryStorage {
  private fresh: SessionData | null;

  /**
   * @param text - of any format that {@link readSession} knows; empty or left out: a new session.
   * @throws SessionFormatError.
   */
  constructor(text = '', options: { readonly format?: SessionFormat | undefined } = {}) {
    super();
    this.fresh = text.trim() === '' ? null : readSession(text, options.format);
  }

  override async open(): Promise<void> {
    await super.open();
    const { fresh } = this;
    if (!fresh) return;
    await this.commit(sessionChanges(fresh));
    this.fresh = null;
  }

  /**
   * The session as text; also while a client has it open, and after that. Whoever has it has the account.
   *
   * @throws SessionFormatError `CANNOT_EXPORT` when no key has been made yet, or the format demands what is not known.
   */
  async export(format: SessionFormat = 'tlgen', options: ExportOptions = {}): Promise<string> {
    const { testMode = false, ...more } = options;
    const data = this.fresh ?? (await storedSession(this.contents, testMode));
    if (!data) {
      throw new SessionFormatError('CANNOT_EXPORT', 'There is no session yet: sign in first');
    }
    return writeSession({ ...data, ...definedOf(more) }, format);
  }
}

function definedOf<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}
