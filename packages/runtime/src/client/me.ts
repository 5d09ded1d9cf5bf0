import type { CallOptions } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';
import type { Caller } from '../core/caller.js';
import { orAbort } from '../core/sleep.js';
import { askSelf, type AskSelfContext } from './ask-self.js';

/** How the user who is signed in is asked for. */
export interface MeOptions extends CallOptions {
  /** Asks the server again. */
  readonly refresh?: boolean | undefined;
}

/** The user who is signed in, asked for once. */
export class Me {
  /** Shared by all who ask, also those who come later. */
  private asked: Promise<base.User> | null = null;

  constructor(
    private readonly context: AskSelfContext,
    private readonly caller: Pick<Caller, 'cancellable'>,
  ) {}

  get({ refresh = false, ...options }: MeOptions): Promise<base.User> {
    return this.caller.cancellable(options, 'users.getUsers', (signal) => {
      if (refresh) this.forget();
      return orAbort(this.shared(), signal);
    });
  }

  /** Somebody else may be signed in now. */
  forget(): void {
    this.asked = null;
  }

  private shared(): Promise<base.User> {
    if (this.asked) return this.asked;
    const asked = askSelf(this.context);
    this.asked = asked;
    asked.catch(() => {
      if (this.asked === asked) this.forget();
    });
    return asked;
  }
}
