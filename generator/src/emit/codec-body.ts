import type { ClassModel, FieldModel } from '../model/types.js';
import { conditional, ifLine } from './layout-text.js';
import { literal } from '../model/literal.js';
import type { WireCalls } from './wire.js';

/** Statements of a class's `constructor`, `$write` and `$read`; the templates put them together. */
export interface CodecBody {
  readonly init: readonly string[];
  readonly write: readonly string[];
  readonly read: readonly string[];
}

const INDENT = '    ';

const bitOf = (field: FieldModel): number => field.flag?.bit ?? 0;
const isThere = ({ role, name }: FieldModel): string =>
  role === 'flag' ? `this.${name}` : `this.${name} !== undefined`;
const mask = (bit: number): string => `0x${((1 << bit) >>> 0).toString(16)}`;

/** Straight-line code for the fields of a class, in wire order. */
export function codecBody(model: ClassModel, calls: WireCalls): CodecBody {
  const body = new BodyWriter(model.fields, calls);
  return { init: body.init(), write: body.write(), read: body.read() };
}

class BodyWriter {
  private readonly words: readonly string[];

  constructor(
    private readonly fields: readonly FieldModel[],
    private readonly calls: WireCalls,
  ) {
    // Locals are named apart from `w`, `r` and `o`, whatever the schema calls its words.
    let n = 0;
    this.words = fields.map(({ role }) =>
      role.endsWith('word') ? (n++ === 0 ? 'flags' : `flags${n}`) : '',
    );
  }

  init(): string[] {
    return this.fields
      .filter((field) => field.role !== 'word')
      .map(({ name, role, type }) => {
        if (role === 'flag') return `this.${name} = init.${name} === true;`;
        const always = role === 'required' && type.kind === 'primitive' && type.name === 'true';
        return always ? `this.${name} = true;` : `this.${name} = init.${name};`;
      });
  }

  write(): string[] {
    return this.fields.flatMap((field, at) => {
      if (this.words[at]) return this.writeWord(field, at);
      if (field.role === 'flag') return [];
      const value = `this.${field.name}`;
      const call = this.calls.write(field.type, value);
      if (call === null) return [];
      if (field.role === 'required') return [`${call};`];
      return [ifLine(`${value} !== undefined`, `${call};`, INDENT)];
    });
  }

  private writeWord(field: FieldModel, at: number): string[] {
    const word = this.words[at] as string;
    const governed = this.fields.filter((one) => one.flag?.word === at);
    const open = field.role === 'open-word';
    if (governed.length === 0)
      return [open ? `w.flags(w.bits(this.${field.name}));` : 'w.flags(0);'];
    const lines = [`let ${word} = ${open ? `w.bits(this.${field.name})` : '0'};`];
    for (const one of governed) {
      if (one.flag?.bit !== null)
        lines.push(ifLine(isThere(one), `${word} |= ${mask(bitOf(one))};`, INDENT));
    }
    // Where any bit counts, another one may be set already: a word that was read is written as it was.
    for (const one of governed) {
      if (one.flag?.bit === null)
        lines.push(ifLine(`${isThere(one)} && ${word} === 0`, `${word} = 0x1;`, INDENT));
    }
    return [...lines, ...this.pairing(field, governed, word), `w.flags(${word});`];
  }

  /**
   * Fields that share a bit are all there or all absent, and so are a bit that the user set and its fields. A bare
   * `true` follows the other fields of its bit.
   */
  private pairing(owner: FieldModel, governed: readonly FieldModel[], word: string): string[] {
    const open = owner.role === 'open-word';
    const byBit = new Map<number | null, FieldModel[]>();
    for (const one of governed) {
      const bit = one.flag?.bit ?? null;
      byBit.set(bit, [...(byBit.get(bit) ?? []), one]);
    }
    // A field under a whole word (`any?int`) is there when any bit is set: it shares with all.
    const whole = byBit.has(null);
    return [...byBit].flatMap(([bit, group]) => {
      const test = bit === null ? word : `${word} & ${mask(bit)}`;
      const members = whole ? governed : group;
      if (!open && members.length < 2) return [];
      const names = [...(open ? [owner] : []), ...members].map((one) => one.name).join(', ');
      const values = group.filter((one) => one.role !== 'flag');
      const absent = values.map((one) => `this.${one.name} === undefined`);
      if (open && values.length === 0)
        absent.push(group.map((one) => `!this.${one.name}`).join(' && '));
      return absent.map((one) =>
        ifLine(`${test} && ${one}`, `w.unpaired(${literal(names)});`, INDENT),
      );
    });
  }

  read(): string[] {
    return this.fields.flatMap((field, at) => {
      const word = this.words[at];
      const target = `o.${field.name}`;
      if (word) return this.readWord(field, at, word);
      const value = this.calls.read(field.type);
      if (field.flag === null) return [`${target} = ${value};`];
      const test = this.test(field);
      if (field.role === 'flag') return [`${target} = (${test}) !== 0;`];
      return [conditional(target, test, value, INDENT)];
    });
  }

  private readWord(field: FieldModel, at: number, word: string): string[] {
    const lines = [];
    const used = this.fields.some((one) => one.flag?.word === at);
    if (field.role === 'word') lines.push(used ? `const ${word} = r.flags();` : 'r.flags();');
    else if (used) lines.push(`const ${word} = r.flags();`, `o.${field.name} = ${word} >>> 0;`);
    else lines.push(`o.${field.name} = r.flags() >>> 0;`);
    return lines;
  }

  private test(field: FieldModel): string {
    const word = this.words[field.flag?.word ?? 0] as string;
    return field.flag?.bit === null ? word : `${word} & ${mask(bitOf(field))}`;
  }
}
