import { fieldName, NameScope } from '../model/names.js';
import type { SchemaCombinator, SchemaField } from '../schema/types.js';
import { valueCodec, type ValueCodec, type ValueContext } from './value-codec.js';

/** Presence of a field: a bit of the flag word that stands at `word` among the steps. */
export interface StepFlag {
  readonly word: number;
  /** As a mask: the bit to set. */
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
  const names = new NameScope();
  const words = new Set(one.fields.map((field) => field.flag?.word));
  const positions = new Map<string, number>();
  const governed = new Map<number, ValueStep[]>();
  return one.fields.map((field, at): Step => {
    if (isWord(field, words)) {
      const members: ValueStep[] = [];
      governed.set(at, members);
      positions.set(field.name, at);
      const hidden = isHidden(field) && words.has(field.name);
      return {
        kind: 'word',
        name: hidden ? null : names.take(fieldName(field.name)),
        governed: members,
      };
    }
    const step = valueStep(field, names, positions, context);
    if (step.flag) governed.get(step.flag.word)?.push(step);
    return step;
  });
}

function valueStep(
  field: SchemaField,
  names: NameScope,
  positions: ReadonlyMap<string, number>,
  context: ValueContext,
): ValueStep {
  const name = names.take(fieldName(field.name));
  const codec = valueCodec(field.type, context);
  const word = field.flag ? positions.get(field.flag.word) : undefined;
  if (field.flag === null || word === undefined)
    return { kind: 'required', name, codec, flag: null };
  const mask = 1 << (field.flag.bit ?? 0);
  const flag = { word, mask, test: field.flag.bit === null ? -1 : mask };
  const isTrue = field.type.kind === 'primitive' && field.type.name === 'true';
  return { kind: isTrue ? 'flag' : 'optional', name, codec, flag };
}

const isNat = ({ type }: SchemaField): boolean => type.kind === 'primitive' && type.name === 'nat';
const isHidden = ({ name }: SchemaField): boolean => /^flags\d*$/.test(name);

function isWord(field: SchemaField, words: ReadonlySet<string | undefined>): boolean {
  return isNat(field) && field.flag === null && (words.has(field.name) || isHidden(field));
}
