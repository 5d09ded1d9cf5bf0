/** What can be said of a client of any library once it is signed in. */
export interface Talker {
  readonly userId: bigint;
  /** Finds a user by name and sends them a text. */
  send(username: string, text: string): Promise<void>;
  /** Waits for the update that brings a text. @returns id of the user who sent it */
  received(text: string): Promise<bigint>;
  close(): Promise<void>;
}

/** How a client of any library signs in. */
export type Account =
  | { readonly token: string }
  | { readonly phone: string; readonly code: string; readonly password?: string };

/** Milliseconds until a text counts as lost. */
const PATIENCE = 20_000;

/** Texts that have come, and whoever waits for one. */
export class Inbox {
  private readonly senders = new Map<string, bigint>();
  private readonly waiting = new Map<string, (sender: bigint) => void>();

  /** Notes a text that an update brought. */
  add(text: string, sender: bigint): void {
    this.senders.set(text, sender);
    this.waiting.get(text)?.(sender);
  }

  /** @throws Error when the text does not come. */
  received(text: string): Promise<bigint> {
    const sender = this.senders.get(text);
    if (sender !== undefined) return Promise.resolve(sender);
    return new Promise((resolve, reject) => {
      const lost = (): void =>
        reject(new Error(`no update has brought the text "${text.slice(0, 40)}"`));
      const timer = setTimeout(lost, PATIENCE);
      this.waiting.set(text, (from) => {
        clearTimeout(timer);
        resolve(from);
      });
    });
  }
}

let texts = 0;

/**
 * Two people write to each other, and both get what the other wrote.
 *
 * @throws Error when a text is lost or comes from somebody else.
 */
export async function converse(
  ann: { readonly talker: Talker; readonly username: string },
  bob: { readonly talker: Talker; readonly username: string },
): Promise<void> {
  const pairs = [
    [ann, bob],
    [bob, ann],
  ] as const;
  for (const [from, to] of pairs) {
    // A short one, and the longest there may be, which most libraries compress.
    for (const rest of ['', 'to be or not to be '.repeat(210)]) {
      const text = `text ${++texts}, ünï¢øde 🦔 ${rest}`.trim();
      await from.talker.send(to.username, text);
      const sender = await to.talker.received(text);
      if (sender !== from.talker.userId)
        throw new Error(`"${text}" came from ${sender}, not from ${from.talker.userId}`);
    }
  }
}
