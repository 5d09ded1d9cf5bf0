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
  /** The session of the test servers. Default: of those that the text was of; false for a new session. */
  readonly testMode?: boolean | undefined;
}

/** How a text is read. */
export interface StringSessionOptions {
  /** Of which library it is; found out when left out. */
  readonly format?: SessionFormat | undefined;
  /**
   * Telethon's and GramJS's strings say only by their address that they are of Telegram's servers for tests: true
   * when it is another address. The others say it themselves.
   */
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
  /** What the text held; the storage has no room for all of it. */
  readonly #given: SessionData | null;
  private fresh: boolean;

  /**
   * @param text - of any format that {@link readSession} knows; empty or left out: a new session.
   * @throws SessionFormatError.
   */
  constructor(text = '', options: StringSessionOptions = {}) {
    super();
    this.#given = text.trim() === '' ? null : readGiven(text, options);
    this.fresh = this.#given !== null;
  }

  override async open(): Promise<void> {
    await super.open();
    if (!this.#given || !this.fresh) return;
    await this.commit(sessionChanges(this.#given));
    this.fresh = false;
  }

  /**
   * The session as text; also while a client has it open, and after that. Whoever has it has the account.
   *
   * @throws SessionFormatError `CANNOT_EXPORT` when nobody has signed in yet, or the format demands what is not known
   * or cannot hold it.
   */
  async export(format: SessionFormat = 'tlgen', options: ExportOptions = {}): Promise<string> {
    const { testMode = this.#given?.testMode ?? false, address, apiId } = options;
    const data = this.fresh ? this.freshOf(testMode) : await storedSession(this.contents, testMode);
    if (!data) {
      throw new SessionFormatError('CANNOT_EXPORT', 'There is no session yet: sign in first');
    }
    const same = this.freshOf(testMode)?.dcId === data.dcId ? this.#given : null;
    return writeSession(
      { ...data, address: address ?? same?.address, apiId: apiId ?? this.#given?.apiId },
      format,
    );
  }

  private freshOf(testMode: boolean): SessionData | null {
    return this.#given?.testMode === testMode ? this.#given : null;
  }
}

function readGiven(text: string, { format, testMode }: StringSessionOptions): SessionData {
  const data = readSession(text, format);
  const silent = data.format === 'gramjs' || data.format === 'telethon';
  return silent && testMode !== undefined ? { ...data, testMode } : data;
}
