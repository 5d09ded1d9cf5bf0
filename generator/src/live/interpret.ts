import type { TlReader, TlWriter } from '@tlgen/codec';
import type { Step, StepFlag, ValueStep, WordStep } from './plan.js';
import { ALWAYS_TRUE } from './value-codec.js';

/** An object whose properties are TL fields. */
export type Fields = Record<string, unknown>;

/** Takes the constructor's argument over, in wire order. */
export function initFields(target: Fields, plan: readonly Step[], init: Fields): void {
  for (const step of plan) {
    if (step.name === null) continue;
    const value = init[step.name];
    if (step.kind === 'flag') target[step.name] = value === true;
    else if (step.kind === 'required' && step.codec === ALWAYS_TRUE) target[step.name] = true;
    else target[step.name] = value;
  }
}

/** Reads the fields that follow the id, one reader call per field. */
export function readFields(target: Fields, plan: readonly Step[], r: TlReader): void {
  const words: number[] = [];
  const isSet = (flag: StepFlag): boolean => ((words[flag.word] ?? 0) & flag.test) !== 0;
  plan.forEach((step, at) => {
    if (step.kind === 'word') {
      // A word that nothing refers to is an ordinary number.
      if (step.governed.length === 0 && step.name !== null) target[step.name] = r.flags() >>> 0;
      else {
        const word = r.flags();
        words[at] = word;
        if (step.name !== null) target[step.name] = word >>> 0;
      }
    } else if (step.flag === null) target[step.name] = step.codec.read(r);
    else if (step.kind === 'flag') target[step.name] = isSet(step.flag);
    else target[step.name] = isSet(step.flag) ? step.codec.read(r) : undefined;
  });
}

/** Writes the fields that follow the id. */
export function writeFields(source: Fields, plan: readonly Step[], w: TlWriter): void {
  for (const step of plan) {
    if (step.kind === 'word') writeWord(source, step, w);
    else if (step.kind === 'required' || isPresent(source, step)) {
      if (step.kind !== 'flag') step.codec.write(w, source[step.name]);
    }
  }
}

function writeWord(source: Fields, step: WordStep, w: TlWriter): void {
  let word = step.name === null ? 0 : w.bits(source[step.name] as number | undefined);
  const present = step.governed.filter((one) => isPresent(source, one));
  for (const { flag } of present) word |= flag?.mask ?? 0;
  // Where any bit counts, another one may be set already: a word that was read is written as it was.
  if (word === 0 && present.length > 0) word = 1;
  checkPairs(source, step, word, w);
  w.flags(word);
}

const isPresent = (source: Fields, { kind, name }: ValueStep): boolean =>
  kind === 'flag' ? Boolean(source[name]) : source[name] !== undefined;

/** Fields that share a bit are all there or all absent, and so are a bit that the user set and its fields. */
function checkPairs(source: Fields, step: WordStep, word: number, w: TlWriter): void {
  const whole = step.governed.some(({ flag }) => flag?.test === -1);
  for (const one of step.governed) {
    // `test` is the whole word where any bit counts.
    const test = one.flag?.test ?? 0;
    if ((word & test) === 0 || isPresent(source, one)) continue;
    const group = step.governed.filter(({ flag }) => flag?.test === test);
    // A bare `true` follows the other fields of its bit.
    if (one.kind === 'flag') {
      const alone = group.every(({ kind }) => kind === 'flag');
      if (step.name === null || !alone || group.some((other) => isPresent(source, other))) continue;
    }
    const members = (whole ? step.governed : group).map(({ name }) => name);
    w.unpaired((step.name === null ? members : [step.name, ...members]).join(', '));
  }
}
