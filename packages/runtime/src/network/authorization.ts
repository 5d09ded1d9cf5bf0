import type { ApiSchema, TlMethod } from '@tlgen/codec';
import type { auth } from '@tlgen/telegram';
import { construct } from './construct.js';
import type { SessionStore } from './session-store.js';

export interface AuthorizationOptions {
  readonly schema: ApiSchema;
  readonly store: SessionStore;
  /** Carries out a request at a data center, without taking the authorization there first. */
  invoke<Result>(request: TlMethod<Result>, dc: number): Promise<Result>;
}

/** An export is valid for a short time and once: a second one is asked for if it came too late. */
const ATTEMPTS = 2;

/**
 * Takes the user's authorization from home to other data centers (`auth.exportAuthorization`,
 * `auth.importAuthorization`): once for each, however many calls wait for it.
 *
 * @see https://core.telegram.org/api/datacenter
 */
export class Authorizations {
  private readonly running = new Map<number, { userId: bigint | null; done: Promise<void> }>();

  constructor(private readonly options: AuthorizationOptions) {}

  /** Resolves when calls to that data center run as the user who is signed in, if anyone is. */
  async ensure(dc: number): Promise<void> {
    while (!this.isAuthorized(dc)) {
      const { userId } = this.options.store.account;
      const run = this.running.get(dc);
      if (!run) return this.start(dc, userId);
      if (run.userId === userId) return run.done;
      // Another user's is still under way; nobody's calls may run in their name.
      await run.done.catch(() => undefined);
    }
  }

  private start(dc: number, userId: bigint | null): Promise<void> {
    const done = this.transfer(dc).finally(() => this.running.delete(dc));
    this.running.set(dc, { userId, done });
    return done;
  }

  /** That data center says that it does not know the user. */
  forget(dc: number): Promise<void> {
    // While a new authorization is on its way, complaints are about the old one.
    return this.running.has(dc) ? Promise.resolve() : this.options.store.imported(dc, null);
  }

  private isAuthorized(dc: number): boolean {
    const { account } = this.options.store;
    if (account.userId === null || dc === account.homeDc) return true;
    return this.options.store.key(dc)?.userId === account.userId;
  }

  private async transfer(dc: number): Promise<void> {
    const { schema, store, invoke } = this.options;
    const { userId, homeDc } = store.account;
    for (let attempt = 1; ; attempt++) {
      const exported = await invoke(
        construct<auth.ExportAuthorizationRequest>(schema, 'auth.exportAuthorization', {
          dcId: dc,
        }),
        homeDc,
      );
      const { id, bytes } = exported;
      const request = construct<auth.ImportAuthorizationRequest>(
        schema,
        'auth.importAuthorization',
        { id, bytes },
      );
      try {
        await invoke(request, dc);
        break;
      } catch (error) {
        if (attempt >= ATTEMPTS || codeOf(error) !== 'AUTH_BYTES_INVALID') throw error;
      }
    }
    // Signed out meanwhile: that user's authorization is nobody's.
    if (store.account.userId === userId) await store.imported(dc, userId);
  }
}

function codeOf(error: unknown): unknown {
  return (error as { readonly code?: unknown } | null)?.code;
}
