import { layoutOf, TlObject, type FieldKind, type Registry, type TlClass } from '@tlgen/codec';
import { seenInMessages, type Sighted } from './seen-in-messages.js';

/** What an answer or update teaches of peers. */
export interface CollectedPeers {
  /** Of the type User, in the order they come. */
  readonly users: readonly TlObject[];
  /** Of the type Chat: groups and channels. */
  readonly chats: readonly TlObject[];
  /** By marked id: in which message a min user or channel was seen. Empty when there is none. */
  readonly messages: ReadonlyMap<bigint, Sighted>;
}

/**
 * Types that hold users or chats somewhere inside and are worth looking into. A test compares the list with the schema.
 * What only the pages of articles hold is left: every message would have to be searched for it.
 */
const CARRIERS: ReadonlySet<string> = new Set([
  'Updates',
  'Update',
  'auth.Authorization',
  'auth.SentCode',
  'ChatInvite',
  'RecentMeUrl',
  'AttachMenuBotsBot',
]);

/** Carriers inside carriers. */
const MAX_DEPTH = 8;

/** What a field of a class is to us. */
interface Step {
  readonly field: string;
  readonly holds: 'user' | 'chat' | 'carrier';
}

type Plans = Map<TlClass, readonly Step[]>;

const plans = new WeakMap<Registry, Plans>();
const nothing: CollectedPeers = { users: [], chats: [], messages: new Map() };

/**
 * Finds the users and chats that an answer or update brings, by the types of its fields; a vector of users or chats,
 * as `users.getUsers` answers, counts as well. Each class is examined once; those without peers cost a look-up.
 */
export function collectPeers(registry: Registry, value: unknown): CollectedPeers {
  if (typeof value !== 'object' || value === null) return nothing;
  let known = plans.get(registry);
  if (!known) plans.set(registry, (known = new Map()));
  if (Array.isArray(value)) {
    if (!(value[0] instanceof TlObject)) return nothing;
  } else if (value instanceof TlObject) {
    const steps = known.get(classOf(value));
    if (steps?.length === 0) return nothing;
  } else return nothing;
  const users: TlObject[] = [];
  const chats: TlObject[] = [];
  const walk = new Walk(registry, known, users, chats);
  walk.topLevel(value);
  if (users.length === 0 && chats.length === 0) return nothing;
  const messages =
    users.some(isMin) || chats.some(isMin) ? seenInMessages(value) : nothing.messages;
  return { users, chats, messages };
}

const classOf = (value: TlObject): TlClass => value.constructor as unknown as TlClass;
const isMin = (peer: TlObject): boolean => (peer as { readonly min?: unknown }).min === true;

class Walk {
  constructor(
    private readonly registry: Registry,
    private readonly plans: Plans,
    private readonly users: TlObject[],
    private readonly chats: TlObject[],
  ) {}

  topLevel(value: unknown): void {
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) this.outermost(item);
    } else this.outermost(value);
  }

  private outermost(value: unknown): void {
    if (!(value instanceof TlObject)) return;
    this.take(value, this.holds(this.registry.typeOf(classOf(value))) ?? 'carrier', 0);
  }

  private take(value: unknown, holds: Step['holds'], depth: number): void {
    if (Array.isArray(value)) {
      for (const item of value as readonly unknown[]) this.take(item, holds, depth);
      return;
    }
    if (!(value instanceof TlObject)) return;
    if (holds === 'user') this.users.push(value);
    else if (holds === 'chat') this.chats.push(value);
    else if (depth < MAX_DEPTH) this.inside(value, depth + 1);
  }

  private inside(value: TlObject, depth: number): void {
    for (const { field, holds } of this.plan(classOf(value))) {
      const held = (value as unknown as Readonly<Record<string, unknown>>)[field];
      if (held !== undefined) this.take(held, holds, depth);
    }
  }

  private plan(one: TlClass): readonly Step[] {
    let steps = this.plans.get(one);
    if (!steps) {
      steps = layoutOf(one).flatMap(({ name, type }) => {
        const holds = this.holds(this.typeName(type));
        return holds ? [{ field: name, holds }] : [];
      });
      this.plans.set(one, steps);
    }
    return steps;
  }

  private holds(type: string | undefined): Step['holds'] | null {
    if (type === 'User') return 'user';
    if (type === 'Chat') return 'chat';
    return type !== undefined && CARRIERS.has(type) ? 'carrier' : null;
  }

  private typeName(type: FieldKind): string | undefined {
    if (type.kind === 'vector' || type.kind === 'tuple') return this.typeName(type.item);
    return type.kind === 'object' ? this.registry.typeNamed(type.type) : undefined;
  }
}
