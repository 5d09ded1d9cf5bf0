import { TlgenError, TlMethod, type CallOptions, type TlClass } from '@tlgen/codec';
import { orAbort } from '../../core/sleep.js';
import type { InvokeOptions } from '../../core/types.js';
import { aliasesOf, withoutAliases, type Alias } from './aliases.js';
import type { ApiContext } from './context.js';
import { Conversion, type Fields } from './conversion.js';
import { ParameterError } from './errors.js';
import { runLookups, type Lookup } from './lookup.js';
import { addEntities, PARSE_MODE, readMarkup } from './marked-up.js';
import { Plans, type Plan } from './plan.js';
import { Turns } from '../turns.js';
import { described } from './words.js';

/** A method as `client.api` offers it. */
interface LooseMethod {
  readonly plan: Plan;
  readonly aliases: ReadonlyMap<string, Alias>;
  readonly parseMode: boolean;
  /** Names of parameters beside the method's own. */
  readonly others: readonly string[];
}

/** Makes requests of loose parameters and sends them. */
export class Calls {
  private readonly plans: Plans;
  private readonly methods = new Map<TlClass, LooseMethod>();
  private readonly told = new Set<string>();
  private readonly turns = new Turns();

  constructor(private readonly context: ApiContext) {
    this.plans = new Plans(context.schema);
  }

  /**
   * Carries out a method. Parameters are checked, all of them, before anything is looked up or sent; where nothing has
   * to be looked up, the request is handed on at once.
   */
  call(
    one: TlClass<TlMethod>,
    parameters: unknown,
    given?: InvokeOptions | null,
  ): Promise<unknown> {
    const options = given ?? {};
    let request: TlMethod;
    let lookups: readonly Lookup[];
    try {
      const conversion = new Conversion(one.tl, this.context, this.plans);
      request = this.requestOf(one, conversion, parameters);
      lookups = conversion.lookups;
    } catch (thrown) {
      return Promise.reject(typed(thrown, one.tl));
    }
    const { queue } = options;
    const waits = lookups.length > 0 || (queue !== undefined && this.turns.isBusy(queue));
    return waits
      ? this.lookUpAndSend(request, lookups, options)
      : this.context.invoke(request, options);
  }

  private requestOf(one: TlClass<TlMethod>, conversion: Conversion, parameters: unknown): TlMethod {
    const method = this.methodOf(one);
    const given = withoutAliases(
      method.plan,
      method.aliases,
      fieldsOf(parameters, one.tl),
      (alias) => this.tellAlias(one.tl, alias),
    );
    if (!method.parseMode) return request(conversion.build(method.plan, given, method.others));
    const { given: plain, formatted } = readMarkup(this.context, method.plan, given);
    const made = conversion.build(method.plan, plain, method.others);
    if (formatted) addEntities(conversion, made, formatted);
    return request(made);
  }

  private lookUpAndSend(
    request: TlMethod,
    lookups: readonly Lookup[],
    options: InvokeOptions,
  ): Promise<unknown> {
    const turn = options.queue === undefined ? undefined : this.turns.take(options.queue);
    const { signal, timeout } = options;
    const given: CallOptions = { signal, timeout };
    const done = this.context.cancellable(given, request._, async (both) => {
      const ready = Promise.all([turn?.before, runLookups(lookups, { signal: both })]);
      await orAbort(ready, both);
      const answer = this.context.invoke(request, { ...options, signal: both, timeout: undefined });
      turn?.done();
      // The signal's own reason goes before what the call makes of it.
      return orAbort(answer, both);
    });
    return turn ? done.finally(() => turn.done()) : done;
  }

  private methodOf(one: TlClass<TlMethod>): LooseMethod {
    let method = this.methods.get(one);
    if (method === undefined) this.methods.set(one, (method = this.open(one)));
    return method;
  }

  /** What is known of a method, worked out at its first call. */
  private open(one: TlClass<TlMethod>): LooseMethod {
    const plan = this.plans.of(one);
    const { overlay } = this.plans;
    const parseMode = overlay.parseMode.includes(one.tl) && !plan.fields.has(PARSE_MODE);
    const aliases = aliasesOf(overlay, one.tl, (name) => {
      return plan.fields.has(name) || (parseMode && name === PARSE_MODE);
    });
    const others = [...aliases.keys(), ...(parseMode ? [PARSE_MODE] : [])];
    const instead = overlay.instead.find((rule) => rule.methods.includes(one.tl));
    if (instead) {
      this.context.log.log('notice', `${one.tl}: better use ${instead.use}. ${instead.words}`);
    }
    return { plan, aliases, parseMode, others };
  }

  private tellAlias(method: string, { alias, field }: Alias): void {
    const key = `${method} ${alias}`;
    if (this.told.has(key)) return;
    this.told.add(key);
    this.context.log.log('notice', `${method}: ${alias} is the Bot API's name of ${field}`);
  }
}

function fieldsOf(parameters: unknown, method: string): Fields {
  if (parameters === undefined || parameters === null) return {};
  const isFields =
    typeof parameters === 'object' &&
    !Array.isArray(parameters) &&
    !(parameters instanceof Uint8Array);
  if (isFields) return parameters as Fields;
  const reason = `expected an object of parameters, got ${described(parameters)}`;
  throw new ParameterError(method, '', reason);
}

const request = (made: unknown): TlMethod => made as TlMethod;

/** Getters and proxies among the parameters may throw anything. */
function typed(thrown: unknown, method: string): Error {
  if (thrown instanceof TlgenError) return thrown;
  const what = thrown instanceof Error ? thrown.message : String(thrown);
  return new ParameterError(method, '', `reading the parameters failed: ${what}`, {
    cause: thrown,
  });
}
