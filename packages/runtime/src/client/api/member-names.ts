import type { ApiSchema, TlClass, TlMethod } from '@tlgen/codec';

/** A namespace of the schema, by the names that `Api` of the generated package has. */
export interface NamespaceTree {
  /** TL name; empty for the outermost. */
  readonly name: string;
  readonly methods: ReadonlyMap<string, TlClass<TlMethod>>;
  readonly children: ReadonlyMap<string, NamespaceTree>;
}

interface Growing {
  readonly name: string;
  readonly own: [local: string, one: TlClass<TlMethod>][];
  readonly children: Map<string, Growing>;
}

const trees = new WeakMap<ApiSchema, NamespaceTree>();

/** All methods of a schema by namespace; the clients of a schema share them. */
export function namespaceTree(schema: ApiSchema): NamespaceTree {
  let tree = trees.get(schema);
  if (!tree) trees.set(schema, (tree = treeOf(schema)));
  return tree;
}

function treeOf(schema: ApiSchema): NamespaceTree {
  const root: Growing = { name: '', own: [], children: new Map() };
  for (const { tl } of schema.registry) {
    const one = schema.method(tl);
    if (!one) continue;
    const steps = tl.split('.');
    const local = steps.pop() as string;
    let at = root;
    for (const step of steps) {
      let child = at.children.get(step);
      if (!child) {
        const name = at.name === '' ? step : `${at.name}.${step}`;
        at.children.set(step, (child = { name, own: [], children: new Map() }));
      }
      at = child;
    }
    at.own.push([local, one]);
  }
  return named(root);
}

/** Gives out names as the generator does: who is spelled like that already goes first, then the first that is free. */
function named({ name, own, children }: Growing): NamespaceTree {
  const taken = new Set<string>();
  const take = (wanted: string): string => {
    let free = wanted;
    for (let n = 2; taken.has(free); n++) free = `${wanted}${n}`;
    taken.add(free);
    return free;
  };
  const names = new Map<string, string>();
  for (const literal of [true, false]) {
    for (const [local] of own) {
      const wanted = memberName(local);
      if ((wanted === local) === literal) names.set(local, take(wanted));
    }
  }
  const methods = new Map<string, TlClass<TlMethod>>();
  for (const [local, one] of own) methods.set(names.get(local) ?? local, one);
  const below = new Map<string, NamespaceTree>();
  for (const [local, child] of children) {
    below.set(take(/^[0-9]/.test(local) ? `_${local}` : local), named(child));
  }
  return { name, methods, children: below };
}

const RESERVED = new Set(['constructor', 'toJSON', '_', '__proto__', 'prototype']);

/** `get_users` → `getUsers`. */
function memberName(tl: string): string {
  const [first = '', ...rest] = tl.split(/[^A-Za-z0-9]/).filter((part) => part !== '');
  const name =
    first.charAt(0).toLowerCase() +
    first.slice(1) +
    rest.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
  if (name === '') return '__';
  if (RESERVED.has(name)) return `${name}_`;
  return /^[A-Za-z]/.test(name) ? name : `_${name}`;
}
