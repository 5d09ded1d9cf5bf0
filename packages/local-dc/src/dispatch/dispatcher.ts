import { TlError, type TlClass, type TlMethod } from '@tlgen/codec';
import { upload } from '@tlgen/telegram';
import { callers } from '@tlgen/telegram/metadata';
import { LayerError } from '../layers/problem.js';
import type { Layers } from '../layers/layers.js';
import type { RpcCall, RpcOutcome } from '../protocol/types.js';
import { RpcFault } from '../world/fault.js';
import { personal } from '../world/files/personal.js';
import type { World } from '../world/world.js';
import { CallContext, type ContextCore } from './context.js';
import { FloodWaits } from './flood.js';
import type { Logger } from './log.js';
import type {
  BuiltIn,
  BuiltInOptions,
  HandleOptions,
  HandlerContext,
  MethodHandler,
} from './types.js';
import { unwrap, type Unwrapped } from './unwrap.js';

interface Entry {
  readonly handler: MethodHandler<TlMethod>;
  readonly options: BuiltInOptions;
  /** By a test, rather than built in. */
  readonly added: boolean;
}

/** What a {@link Dispatcher} is made from. */
export interface DispatcherOptions {
  readonly world: World;
  readonly layers: Layers;
  readonly core: ContextCore;
  readonly builtIns: readonly BuiltIn[];
  readonly log: Logger;
}

/** Finds the handler of every request: overrides first, then what is built in. */
export class Dispatcher {
  readonly floodWaits = new FloodWaits();
  /** TL names of methods that clients called and nothing handles. */
  readonly unhandled = new Set<string>();
  private readonly entries = new Map<string, Entry[]>();
  /**
   * What was announced with each key that encrypts: other sessions of that key need not say it again. A client with a
   * new temporary key has to, though its permanent key be the same (API, "Perfect Forward Secrecy").
   */
  private readonly announced = new WeakMap<object, { layer: number; apiId: number | null }>();

  constructor(private readonly options: DispatcherOptions) {
    for (const { method, handler, ...rest } of options.builtIns)
      this.entries.set(method.tl, [{ handler, options: rest, added: false }]);
  }

  /** Adds a handler above those that are there. @returns a function that takes it away again. */
  add(
    method: TlClass<TlMethod>,
    handler: MethodHandler<TlMethod>,
    options: HandleOptions,
  ): () => void {
    const entries = this.entries.get(method.tl) ?? [];
    const base = entries[0]?.options ?? {};
    const entry: Entry = { handler, options: { ...base, ...options }, added: true };
    this.entries.set(method.tl, [...entries, entry]);
    return () => {
      const left = (this.entries.get(method.tl) ?? []).filter((one) => one !== entry);
      this.entries.set(method.tl, left);
    };
  }

  /** Carries out a request; never throws. */
  async run(call: RpcCall): Promise<RpcOutcome> {
    let name = 'a request';
    try {
      const outer = peeled(call.body);
      // The CDN knows two wrappers, and this is neither: https://core.telegram.org/cdn.
      if (outer.withoutUpdates && this.options.world.isCdn(call.session.key.dcId))
        throw new RpcFault(400, 'CDN_METHOD_INVALID');
      const layer = this.announce(call, outer);
      await this.wait(call, outer.after);
      const layered = this.options.layers.request(outer.body, outer.id, layer);
      if (!layered) throw new RpcFault(400, `INPUT_METHOD_INVALID_${outer.id}`);
      name = layered.request._;
      this.options.log('debug', `${name} (data center ${call.session.key.dcId}, layer ${layer})`);
      const answer = await this.answer(layered.request, call, layer);
      const result = layered.encode(answer);
      // The compiler sees what is added in TypeScript; a test in JavaScript finds out here, not by its client's silence.
      if (this.entries.get(name)?.at(-1)?.added) layered.check(result);
      // Content of files is not packed: it costs time, and rarely makes them shorter.
      const packs = !(answer instanceof upload.File || answer instanceof upload.CdnFile);
      return { result, packs };
    } catch (thrown) {
      return { error: this.errorOf(thrown, name) };
    }
  }

  /** Notes what the wrappers said. @returns the layer to answer in. */
  private announce(call: RpcCall, { layer, apiId, withoutUpdates }: Unwrapped): number {
    const { session } = call;
    const { key } = session;
    const before = this.announced.get(key);
    if (session.layer === 0 && before) session.layer = before.layer;
    session.apiId ??= before?.apiId ?? null;
    if (layer !== null) {
      if (layer < 1) throw new RpcFault(400, 'CONNECTION_LAYER_INVALID');
      session.layer = layer;
    }
    if (apiId !== null) {
      if (apiId < 1) throw new RpcFault(400, 'CONNECTION_API_ID_INVALID');
      session.apiId = apiId;
    }
    if (layer !== null || apiId !== null) {
      const { layer: now, apiId: id } = session;
      this.announced.set(key, { layer: now, apiId: id });
    }
    if (withoutUpdates) session.wantsUpdates = false;
    return session.layer || this.options.layers.newestLayer;
  }

  /** @throws RpcFault when a message to wait for failed. */
  private async wait(call: RpcCall, after: readonly bigint[]): Promise<void> {
    if (after.length === 0) return;
    const failure = await this.options.core.after(call, after);
    if (failure) throw new RpcFault(failure.code, failure.message);
  }

  private async answer(request: TlMethod, call: RpcCall, layer: number): Promise<unknown> {
    const entries = this.entries.get(request._) ?? [];
    const top = entries.at(-1);
    const context = new CallContext(this.options.world, layer, call, this.options.core);
    if (this.options.world.isCdn(context.dcId) && request._ !== 'upload.getCdnFile')
      throw new RpcFault(400, 'CDN_METHOD_INVALID');
    this.admit(request._, context, top?.options ?? {});
    this.floodWaits.check(request._);
    if (!top) {
      this.unhandled.add(request._);
      this.options.log('warn', `${request._} has no handler: add one with dc.handle()`);
      throw new RpcFault(400, 'METHOD_INVALID');
    }
    return this.descend(entries, entries.length - 1, request, context);
  }

  private async descend(
    entries: readonly Entry[],
    at: number,
    request: TlMethod,
    context: CallContext,
  ): Promise<unknown> {
    const { world } = this.options;
    const entry = entries[at];
    if (!entry) throw new RpcFault(400, 'METHOD_INVALID');
    const next = (): Promise<unknown> => this.descend(entries, at - 1, request, context);
    const withNext = Object.create(context, { next: { value: next } }) as HandlerContext<unknown>;
    const answer = await entry.handler(request, withNext);
    // What a test answers is answered so; files that the world knows are each user's own.
    return entry.added || !context.signedIn ? answer : personal(world, context.user, answer);
  }

  /** Who may call what, and when. */
  private admit(name: string, context: CallContext, options: BuiltInOptions): void {
    if (options.unbound && !context.permanentKey) return;
    const { session } = context;
    if (!options.unbound && (session.layer === 0 || session.apiId === null))
      throw new RpcFault(400, 'CONNECTION_NOT_INITED');
    // A temporary key speaks for nobody before it is bound.
    const { key } = context.key;
    // A key that was seen in two places is of no use any more, not even before sign-in.
    if (this.options.world.logins.revoked.get(key.id) === 'AUTH_KEY_DUPLICATED')
      throw new RpcFault(406, 'AUTH_KEY_DUPLICATED');
    if (options.anonymous || options.unbound) return;
    const isBot = context.user.bot;
    const may = callers[name];
    if (isBot && may === 'user') throw new RpcFault(400, 'BOT_METHOD_INVALID');
    if (!isBot && may === 'bot') throw new RpcFault(400, 'USER_BOT_REQUIRED');
  }

  private errorOf(thrown: unknown, name: string): { code: number; message: string } {
    const { log } = this.options;
    if (thrown instanceof RpcFault) {
      log('debug', `${name}: ${thrown.message}`);
      return { code: thrown.code, message: thrown.text };
    }
    if (thrown instanceof TlError && name === 'a request') {
      log('info', `a request could not be read: ${thrown.message}`);
      return { code: 400, message: 'INPUT_FETCH_ERROR' };
    }
    if (thrown instanceof LayerError) {
      log('warn', `${name}: ${thrown.message}`);
      return name === 'a request'
        ? { code: 400, message: 'INPUT_CONSTRUCTOR_INVALID' }
        : { code: 500, message: 'LAYER_TRANSLATION_FAILED' };
    }
    log('error', `${name}: the handler failed: ${String((thrown as Error)?.stack ?? thrown)}`);
    return { code: 500, message: 'INTERNAL_SERVER_ERROR' };
  }
}

/** A wrapper that cannot be read spoils the whole request. */
function peeled(body: Uint8Array): Unwrapped {
  const outer = unwrap(body);
  if (outer.body.length % 4 !== 0)
    throw new TlError('bad-length', 'a request is no multiple of 4 bytes');
  return outer;
}
