import { aliasesOf, PARSE_MODE, takesParseMode, type Alias } from '../model/aliases.js';
import { filledRule } from '../model/filled.js';
import { literal } from '../model/literal.js';
import { TypeWriter } from '../model/ts-type.js';
import type { ClassModel, FieldModel } from '../model/types.js';
import { intersection, signature } from './layout-text.js';
import type { Overlay } from './options.js';
import { aliasDoc, methodDoc, parseModeDoc } from './tsdoc.js';

/** What methods of `Api` are printed with. */
export interface ApiMethodTools {
  readonly overlay: Overlay | undefined;
  /** Writes types of parameters, substitutes in them. */
  readonly parameters: TypeWriter;
  /** Writes types of results. */
  readonly results: TypeWriter;
  /** Names of the codec that are needed; what is used is added. */
  readonly codec: Set<string>;
}

/** Prints the signatures of one method in `interface Api`. */
export class ApiMethodPrinter {
  private readonly fields: readonly FieldModel[];
  private readonly generics: ClassModel['generics'];
  private readonly parseMode: boolean;
  private readonly aliases: readonly Alias[];

  /** @param name - what the method is called in its namespace. */
  constructor(
    private readonly one: ClassModel,
    private readonly name: string,
    private readonly indent: string,
    private readonly tools: ApiMethodTools,
  ) {
    const { overlay } = tools;
    this.fields = one.fields.filter((field) => field.role !== 'word');
    this.generics = one.generics;
    this.parseMode = takesParseMode(overlay, one.key, one.fields);
    this.aliases = aliasesOf(overlay, one.key, one.fields);
  }

  /** One signature; with names of the Bot API, a second one that takes them. */
  print(): string {
    const { one, indent } = this;
    const own = methodDoc(one.description, one.useInstead, indent) + this.signature([]);
    return this.aliases.length === 0
      ? own
      : own + aliasDoc(this.renamed(), indent) + this.signature(this.aliases);
  }

  private renamed(): (readonly [string, string])[] {
    return this.aliases.map(({ alias, field }) => [alias, field?.name ?? PARSE_MODE]);
  }

  private signature(aliases: readonly Alias[]): string {
    const { one, generics, indent, tools } = this;
    for (const name of ['KnownOptions', 'Answer']) tools.codec.add(name);
    const typeParameters = [...generics.values(), 'O extends Options = Options'].join(', ');
    const result = one.result as { type: Parameters<TypeWriter['result']>[0] };
    const answer = `Answer<${tools.results.result(result.type, generics)}, O>`;
    const list = [this.parameters(aliases), 'options?: KnownOptions<O, Options>'];
    return `${signature(`${this.name}<${typeParameters}>`, list, `Promise<${answer}>`, indent)}\n`;
  }

  private parameters(aliases: readonly Alias[]): string {
    const inner = `${this.indent}    `;
    // A required parameter goes by one of its names; another name of an optional one is one more parameter.
    const either = aliases.filter(({ field }) => field !== null && !this.mayBeLeftOut(field));
    const apart = new Set(either.map(({ field }) => field));
    const lines = [
      ...this.fields
        .filter((field) => !apart.has(field))
        .map((field) => `${inner}${field.name}${this.parameter(field)};\n`),
      ...(this.parseMode ? [parseModeDoc(inner), `${inner}${PARSE_MODE}${this.mode()};\n`] : []),
      ...aliases
        .filter((one) => !either.includes(one))
        .map((one) => `${inner}${one.alias}?: ${this.aliasType(one)} | undefined;\n`),
    ];
    if (lines.length === 0 && either.length === 0) return 'parameters?: {}';
    const required = this.fields.some((field) => !this.mayBeLeftOut(field));
    const object = lines.length === 0 ? [] : [`{\n${lines.join('')}${this.indent}  }`];
    if (either.length > 0) this.tools.codec.add('EitherName');
    const choices = either.map((one) => {
      const names = [one.field?.name ?? '', one.alias].map(literal).join(', ');
      return `EitherName<${names}, ${this.aliasType(one)}>`;
    });
    return `parameters${required ? '' : '?'}: ${intersection([...object, ...choices], inner)}`;
  }

  private mode(): string {
    this.tools.codec.add('ParseMode');
    return '?: ParseMode | undefined';
  }

  private aliasType({ field, accepts }: Alias): string {
    if (accepts !== undefined) return accepts;
    if (field !== null) return this.type(field);
    this.tools.codec.add('ParseMode');
    return 'ParseMode';
  }

  private mayBeLeftOut(field: FieldModel): boolean {
    if (field.role !== 'required') return true;
    const method = { kind: 'method', name: this.one.key } as const;
    return filledRule(this.tools.overlay, method, field) !== undefined;
  }

  private parameter(field: FieldModel): string {
    const optional = this.mayBeLeftOut(field);
    return `${optional ? '?' : ''}: ${this.type(field)}${optional ? ' | undefined' : ''}`;
  }

  private type(field: FieldModel): string {
    if (field.role === 'flag') return 'boolean';
    return this.tools.parameters.type(field.type, this.generics);
  }
}
