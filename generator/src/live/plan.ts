import { propertyNames, roleOf, wordsOf } from '../model/fields.js';
import type { SchemaCombinator, SchemaField } from '../schema/types.js';
import { valueCodec, type ValueCodec, type ValueContext } from './value-codec.js';

/** Presence of a field: a bit of the flag word that stands at `word` among the steps. */
export interface StepFlag {
  readonly word: number;
  /** The bit to set, as a mask; 0 where any bit will do. */
  readonly mask: number;
  /** What must not be zero for the field to be there: the mask, or the whole word. */
  readonly test: number;
}

/** A flag word that conditions refer to, or a `flags` that nothing refers to. */
export interface WordStep {
  readonly kind: 'word';
  /** Property that holds the whole word; null when it is hidden. */
  readonly name: string | null;
  readonly governed: readonly ValueStep[];
}

/** Anything else. */
export interface ValueStep {
  readonly kind: 'flag' | 'required' | 'optional';
  readonly name: string;
  readonly codec: ValueCodec;
  readonly flag: StepFlag | null;
}

export type Step = WordStep | ValueStep;

/** The fields of a combinator in wire order, ready to be interpreted. */
export function planOf(one: SchemaCombinator, context: ValueContext): readonly Step[] {
  const names = propertyNames(one);
  const words = wordsOf(one);
  const positions = new Map<string, number>();
  const governed = new Map<number, ValueStep[]>();
  return one.fields.map((field, at): Step => {
    const role = roleOf(field, words);
    const name = names.get(field.name) ?? field.name;
    if (role === 'word' || role === 'open-word') {
      const members: ValueStep[] = [];
      governed.set(at, members);
      positions.set(field.name, at);
      return { kind: 'word', name: role === 'word' ? null : name, governed: members };
    }
    const step = {
      kind: role,
      name,
      codec: valueCodec(field.type, context),
      flag: flagOf(field, positions),
    };
    if (step.flag) governed.get(step.flag.word)?.push(step);
    return step;
  });
}

function flagOf({ flag }: SchemaField, positions: ReadonlyMap<string, number>): StepFlag | null {
  const word = flag ? positions.get(flag.word) : undefined;
  if (flag === null || word === undefined) return null;
  const mask = flag.bit === null ? 0 : 1 << flag.bit;
  return { word, mask, test: flag.bit === null ? -1 : mask };
}
