import { fieldName } from '../model/names.js';
import type { Schema } from '../schema/types.js';
import type { Overlay } from './options.js';
import type { PlainValue } from './value-text.js';

/**
 * An overlay as the codec's `ApiOverlay`, which a client reads at run time: without words, with fields as the classes
 * name them, and without what the schema does not have.
 */
export function overlayValue(overlay: Overlay, schema: Schema): PlainValue {
  const types = new Set(schema.types.map(({ name }) => name));
  const methods = namesOf(schema.methods);
  const constructors = namesOf(schema.constructors);
  const only = (names: readonly string[], known: ReadonlySet<string>): string[] =>
    names.filter((name) => known.has(name));
  return {
    substitutes: Object.fromEntries(
      Object.entries(overlay.substitutes).flatMap(([type, { accepts }]) =>
        types.has(type) ? [[type, accepts]] : [],
      ),
    ),
    filled: overlay.filled.flatMap((rule): PlainValue[] => {
      const { field, type, fill, each, value } = rule;
      const inMethods = rule.methods && only(rule.methods, methods);
      const inConstructors = rule.constructors && only(rule.constructors, constructors);
      if (inMethods?.length === 0 || inConstructors?.length === 0) return [];
      return [
        {
          field: fieldName(field),
          type,
          ...(inMethods ? { methods: inMethods } : {}),
          ...(inConstructors ? { constructors: inConstructors } : {}),
          ...(rule.except ? { except: only(rule.except, methods) } : {}),
          fill,
          ...(each === undefined ? {} : { each: fieldName(each) }),
          ...(value === undefined ? {} : { value }),
        },
      ];
    }),
    instead: overlay.instead.flatMap(({ use, words, methods: all }): PlainValue[] => {
      const named = only(all, methods);
      return named.length === 0 ? [] : [{ use, words, methods: named }];
    }),
    aliases: (overlay.aliases ?? []).flatMap(({ alias, field, methods: all }): PlainValue[] => {
      const named = only(all, methods);
      return named.length === 0 ? [] : [{ alias, field: fieldName(field), methods: named }];
    }),
    parseMode: only(overlay.parseMode ?? [], methods),
  };
}

const namesOf = (all: Schema['methods']): ReadonlySet<string> =>
  new Set(all.map(({ name }) => name));
