import { fieldName } from '../model/names.js';
import { typeText } from '../schema/type-text.js';
import { TypeWriter } from '../model/ts-type.js';
import type { ClassModel, FieldModel, ModuleModel, PackageModel } from '../model/types.js';
import type { Overlay } from './options.js';
import { importLine, signature } from './layout-text.js';
import { lineDoc } from './tsdoc.js';

/** The overlay's names of loose types → the codec's. */
const LOOSE: Readonly<Record<string, string>> = {
  PeerLike: 'PeerLike',
  SecretChatLike: 'SecretChatLike',
  FileLike: 'FileLike',
  JsonValue: 'DataJsonLike',
};

/**
 * `interface Api`: every method as a function with loose parameters, for `client.api.messages.sendMessage({...})`.
 * What the overlay says is filled in may be left out; where it names a substitute, that is accepted too.
 */
export function apiModule(model: PackageModel, overlay: Overlay | undefined): string {
  return new ApiPrinter(model, overlay).print();
}

class ApiPrinter {
  private readonly types: TypeWriter;
  private readonly codec = new Set(['CallOptions']);
  /** TL name of the method being printed. */
  private current = '';

  constructor(
    private readonly model: PackageModel,
    private readonly overlay: Overlay | undefined,
  ) {
    // '.': a module that no namespace can have, so that every reference is imported.
    this.types = new TypeWriter('.', model, (type) => this.substitute(type));
  }

  private substitute(type: string): string | undefined {
    const loose = LOOSE[this.overlay?.substitutes[type]?.accepts ?? ''];
    if (loose !== undefined) this.codec.add(loose);
    return loose;
  }

  print(): string {
    const body = this.namespace('', '  ');
    const imports = [...this.types.imports]
      .sort()
      .map((module) => `import type * as ${this.alias(module)} from './${module}.js';`);
    for (const name of ['TlObject', 'TlMethod'])
      if (new RegExp(`\\b${name}\\b`).test(body)) this.codec.add(name);
    const head = [importLine([...this.codec].sort(), '@tlgen/codec'), ...imports].join('\n');
    const doc = '/** Every method of the schema as a function with loose parameters. */';
    return `${head}\n\n${doc}\nexport interface Api<Options extends CallOptions = CallOptions> {\n${body}}\n`;
  }

  private alias(module: string): string {
    const place = { module, className: '' };
    return this.types.name(place).slice(0, -1);
  }

  private namespace(namespace: string, indent: string): string {
    const module = this.model.modules.find((one) => one.namespace === namespace);
    const own = module ? this.methods(module, indent) : '';
    const children = this.model.modules.filter(
      (one) => isChild(one, namespace) && this.hasMethods(one.namespace),
    );
    const nested = children.map((child) => {
      const name = child.namespace.slice(namespace === '' ? 0 : namespace.length + 1);
      return `${indent}readonly ${name}: {\n${this.namespace(child.namespace, `${indent}  `)}${indent}};\n`;
    });
    return own + nested.join('');
  }

  private hasMethods(namespace: string): boolean {
    return this.model.modules.some(
      (one) =>
        (one.namespace === namespace || one.namespace.startsWith(`${namespace}.`)) &&
        one.classes.some((entry) => entry.result),
    );
  }

  private methods(module: ModuleModel, indent: string): string {
    return module.classes
      .filter((one) => one.result !== null)
      .map((one) => this.method(one, indent))
      .join('');
  }

  private method(one: ClassModel, indent: string): string {
    this.current = one.key;
    const name = fieldName(one.key.slice(one.key.lastIndexOf('.') + 1));
    const generic = one.generic ? `<${one.generic}>` : '';
    const own = one.fields.filter((field) => field.role !== 'word');
    const lines = own.map((field) => `${indent}    ${field.name}${this.parameter(field)};\n`);
    const anyRequired = own.some((field) => !this.mayBeLeftOut(field));
    const parameters =
      own.length === 0
        ? `parameters?: {}`
        : `parameters${anyRequired ? '' : '?'}: {\n${lines.join('')}${indent}  }`;
    const result = one.result as { type: Parameters<TypeWriter['result']>[0] };
    const docs = this.doc(one, indent);
    const plain = new TypeWriter('.', this.model);
    const promised = plain.result(result.type);
    for (const used of plain.imports) this.types.imports.add(used);
    const list = [parameters, 'options?: Options'];
    return `${docs}${signature(name + generic, list, `Promise<${promised}>`, indent)}
`;
  }

  private doc(one: ClassModel, indent: string): string {
    const [text] = lineDoc(one.description);
    const see = one.useInstead ? `@see ${one.useInstead}` : '';
    const lines = [text ?? '', see].filter((part) => part !== '').join('\n\n');
    if (lines === '') return '';
    return `${indent}/**\n${lines
      .split('\n')
      .map((line) => `${indent} * ${line}`.trimEnd())
      .join('\n')}\n${indent} */\n`;
  }

  private mayBeLeftOut(field: FieldModel): boolean {
    if (field.role !== 'required') return true;
    return this.isFilled(field);
  }

  private isFilled(field: FieldModel): boolean {
    const type = typeText(field.type);
    return (this.overlay?.filled ?? []).some(
      (rule) =>
        rule.field === field.tl &&
        rule.type === type &&
        rule.constructors === undefined &&
        (rule.methods?.includes(this.current) ?? true) &&
        !rule.except?.includes(this.current),
    );
  }

  private parameter(field: FieldModel): string {
    const optional = this.mayBeLeftOut(field);
    const type = field.role === 'flag' ? 'boolean' : this.types.type(field.type);
    return `${optional ? '?' : ''}: ${type}${optional ? ' | undefined' : ''}`;
  }
}

function isChild(module: ModuleModel, parent: string): boolean {
  if (module.namespace === '') return false;
  const rest = parent === '' ? module.namespace : module.namespace.slice(parent.length + 1);
  const below = parent === '' || module.namespace.startsWith(`${parent}.`);
  return below && rest !== '' && !rest.includes('.');
}
