import { filledRule } from '../model/filled.js';
import { fieldName, localName, NameScope } from '../model/names.js';
import { TypeWriter } from '../model/ts-type.js';
import type { ClassModel, FieldModel, ModuleModel, PackageModel } from '../model/types.js';
import type { Overlay } from './options.js';
import { importLine, signature } from './layout-text.js';
import { methodDoc } from './tsdoc.js';

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
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, alias]) => `import type * as ${alias} from './${module}.js';`);
    for (const name of this.types.codec) this.codec.add(name);
    const head = [importLine([...this.codec].sort(), '@tlgen/codec'), ...imports].join('\n');
    const doc = '/** Every method of the schema as a function with loose parameters. */';
    return `${head}\n\n${doc}\nexport interface Api<Options extends CallOptions = CallOptions> {\n${body}}\n`;
  }

  private namespace(namespace: string, indent: string): string {
    const module = this.model.modules.find((one) => one.namespace === namespace);
    const methods = module?.classes.filter((one) => one.result !== null) ?? [];
    const children = this.model.modules.filter(
      (one) => isChild(one, namespace) && this.hasMethods(one.namespace),
    );
    const scope = new NameScope();
    const names = scope.takeAll(
      methods.map((one) => localName(one.key)),
      fieldName,
    );
    const own = methods.map((one) => {
      return this.method(one, names.get(localName(one.key)) as string, indent);
    });
    const nested = children.map((child) => {
      // A namespace may be called like a method beside it.
      const name = scope.take(memberName(localName(child.namespace)));
      return `${indent}readonly ${name}: {\n${this.namespace(child.namespace, `${indent}  `)}${indent}};\n`;
    });
    return [...own, ...nested].join('');
  }

  private hasMethods(namespace: string): boolean {
    return this.model.modules.some(
      (one) =>
        (one.namespace === namespace || one.namespace.startsWith(`${namespace}.`)) &&
        one.classes.some((entry) => entry.result),
    );
  }

  private method(one: ClassModel, name: string, indent: string): string {
    this.current = one.key;
    const { generics } = one;
    const generic = generics.size > 0 ? `<${[...generics.values()].join(', ')}>` : '';
    const own = one.fields.filter((field) => field.role !== 'word');
    const lines = own.map(
      (field) => `${indent}    ${field.name}${this.parameter(field, generics)};\n`,
    );
    const anyRequired = own.some((field) => !this.mayBeLeftOut(field));
    const parameters =
      own.length === 0
        ? `parameters?: {}`
        : `parameters${anyRequired ? '' : '?'}: {\n${lines.join('')}${indent}  }`;
    const result = one.result as { type: Parameters<TypeWriter['result']>[0] };
    const docs = methodDoc(one.description, one.useInstead, indent);
    const plain = new TypeWriter('.', this.model);
    const promised = plain.result(result.type, generics);
    for (const [module, alias] of plain.imports) this.types.imports.set(module, alias);
    for (const used of plain.codec) this.types.codec.add(used);
    const list = [parameters, 'options?: Options'];
    return `${docs}${signature(name + generic, list, `Promise<${promised}>`, indent)}\n`;
  }

  private mayBeLeftOut(field: FieldModel): boolean {
    if (field.role !== 'required') return true;
    const method = { kind: 'method', name: this.current } as const;
    return filledRule(this.overlay, method, field) !== undefined;
  }

  private parameter(field: FieldModel, generics: ClassModel['generics']): string {
    const optional = this.mayBeLeftOut(field);
    const type = field.role === 'flag' ? 'boolean' : this.types.type(field.type, generics);
    return `${optional ? '?' : ''}: ${type}${optional ? ' | undefined' : ''}`;
  }
}

const memberName = (local: string): string => (/^[0-9]/.test(local) ? `_${local}` : local);

function isChild(module: ModuleModel, parent: string): boolean {
  if (module.namespace === '') return false;
  const rest = parent === '' ? module.namespace : module.namespace.slice(parent.length + 1);
  const below = parent === '' || module.namespace.startsWith(`${parent}.`);
  return below && rest !== '' && !rest.includes('.');
}
