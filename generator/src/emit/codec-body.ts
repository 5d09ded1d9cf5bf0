import type { ClassModel, FieldModel } from '../model/types.js';
import { conditional, ifLine } from './layout-text.js';
import type { WireCalls } from './wire.js';

/** Statements of a class's `constructor`, `$write` and `$read`; the templates put them together. */
export interface CodecBody {
  readonly init: readonly string[];
  readonly write: readonly string[];
  readonly read: readonly string[];
}

const INDENT = '    ';

const bitOf = (field: FieldModel): number =>
  field.flag?.bit === null ? 0 : (field.flag?.bit ?? 0);
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
    const start = open ? `w.bits(this.${field.name}) & ${this.others(governed)}` : '0';
    const lines = [`let ${word} = ${start};`];
    for (const one of governed) {
      const test = one.role === 'flag' ? `this.${one.name}` : `this.${one.name} !== undefined`;
      lines.push(ifLine(test, `${word} |= ${mask(bitOf(one))};`, INDENT));
    }
    return [...lines, ...this.pairing(governed, word), `w.flags(${word});`];
  }

  /** The bits of an open word that no field governs. */
  private others(governed: readonly FieldModel[]): string {
    const bits = governed.reduce((all, one) => all | (1 << bitOf(one)), 0);
    return `0x${(~bits >>> 0).toString(16)}`;
  }

  /** Fields that share a bit are all there or all absent; a bare `true` among them follows the others. */
  private pairing(governed: readonly FieldModel[], word: string): string[] {
    const byBit = new Map<number, FieldModel[]>();
    for (const one of governed) byBit.set(bitOf(one), [...(byBit.get(bitOf(one)) ?? []), one]);
    const lines: string[] = [];
    for (const [bit, group] of byBit) {
      const values = group.filter((one) => one.role !== 'flag' && one.flag?.bit !== null);
      if (group.length < 2 || values.length === 0) continue;
      const names = group.map((one) => one.name).join(', ');
      for (const { name } of values) {
        lines.push(
          ifLine(
            `${word} & ${mask(bit)} && this.${name} === undefined`,
            `w.unpaired('${names}');`,
            INDENT,
          ),
        );
      }
    }
    return [...lines, ...this.wholeWord(governed, word)];
  }

  /** A field under a whole word (`any?int`) is there when any bit is set, also one that the user set. */
  private wholeWord(governed: readonly FieldModel[], word: string): string[] {
    const names = governed.map((one) => one.name).join(', ');
    return governed
      .filter((one) => one.flag?.bit === null && one.role !== 'flag')
      .map(({ name }) =>
        ifLine(`${word} && this.${name} === undefined`, `w.unpaired('${names}');`, INDENT),
      );
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
