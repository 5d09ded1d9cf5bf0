import type { base } from '@tlgen/telegram';
import type { RpcError } from '../core/errors.js';
import { endsSignIn } from '../core/middleware/signed-out.js';
import { orAbort } from '../core/sleep.js';
import { IMPORTED } from '../storage/formats/stored-session.js';
import type { Store } from '../storage/store.js';

/** What finding out whose a session is takes. */
export interface ImportedSessionContext {
  readonly state: Pick<Store, 'get' | 'commit'>;
  readonly world: 'main' | 'test';
  self(): { readonly id: bigint } | null;
  askSelf(): Promise<base.User>;
  signedIn(id: bigint, bot: boolean): Promise<void>;
  /** The server says that it is nobody's any more. */
  ended(error: RpcError): Promise<void>;
}

/** Of an imported session the key is known, but not always the user: the server tells who it is. */
export class ImportedSession {
  private running: Promise<void> | null = null;
  private isKnown = false;

  constructor(private readonly context: ImportedSessionContext) {}

  /** Whether nobody knows yet whose the stored session is. */
  async isOfUnknown(): Promise<boolean> {
    const { state, world, self } = this.context;
    return self() === null && (await state.get(IMPORTED, world)) !== null;
  }

  /** Resolves when it is known who is signed in, which may be nobody; whoever wants that meanwhile shares a request. */
  async identify(signal: AbortSignal): Promise<void> {
    if (this.isKnown) return;
    this.running ??= this.find().finally(() => (this.running = null));
    await orAbort(this.running, signal);
  }

  private async find(): Promise<void> {
    const { state, world } = this.context;
    if (await state.get(IMPORTED, world)) {
      if (!this.context.self()) await this.ask();
      await state.commit([{ space: IMPORTED, key: world, value: null }]);
    }
    this.isKnown = true;
  }

  private async ask(): Promise<void> {
    try {
      const user = await this.context.askSelf();
      // Older layers have ids of 32 bits.
      await this.context.signedIn(BigInt(user.id), user.bot);
    } catch (error) {
      if (!endsSignIn(error)) throw error;
      await this.context.ended(error);
    }
  }
}
