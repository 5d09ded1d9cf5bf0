import { nearest } from '../nearest.js';
import { UnknownMethodError } from './errors.js';

/** Names that the host, test runners and serializers look for in any object: no slip of the pen. */
const LOOKED_FOR = new Set(['then', 'catch', 'finally', 'toJSON', 'inspect', 'asymmetricMatch']);
const MORE_LOOKED_FOR = new Set(['nodeType', 'tagName', 'nodeName', 'length', 'calls', 'mock']);

/** Longer names are like none. */
const LONGEST_NAME = 64;

/** Whether somebody who wrote this may have meant a method or namespace. */
export function mayBeMeant(key: string | symbol): key is string {
  if (typeof key === 'symbol' || !/^[A-Za-z][A-Za-z0-9_]*$/.test(key)) return false;
  return !LOOKED_FOR.has(key) && !MORE_LOOKED_FOR.has(key);
}

/** What an unknown name stands for: a function that rejects, and a namespace of others. */
export function unknownMethod(
  name: string,
  layer: number,
  known: () => readonly string[],
): () => Promise<never> {
  const call = (): Promise<never> => {
    const shown = name.slice(0, LONGEST_NAME * 2);
    return Promise.reject(new UnknownMethodError(shown, suggestion(name, known()), layer));
  };
  return new Proxy(call, {
    get(target, key, receiver) {
      if (key in target || !mayBeMeant(key)) return Reflect.get(target, key, receiver) as unknown;
      return unknownMethod(`${name}.${key}`, layer, known);
    },
  });
}

/** The method that was meant: the same name in another namespace, or one that is spelled alike. */
function suggestion(name: string, known: readonly string[]): string | null {
  if (name.length > LONGEST_NAME) return null;
  const local = localName(name).toLowerCase();
  const namesake = known.find((one) => localName(one).toLowerCase() === local);
  if (namesake !== undefined) return namesake;
  const beside = known.filter((one) => namespaceOf(one) === namespaceOf(name));
  const near = nearest(localName(name), beside.map(localName));
  if (near !== null) return beside.find((one) => localName(one) === near) ?? null;
  return nearest(name, known);
}

const localName = (name: string): string => name.slice(name.lastIndexOf('.') + 1);
const namespaceOf = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('.')));
