import { fieldName, localName, LOOSE_TYPES, NameScope } from '../model/names.js';
import { own } from '../model/own.js';
import { TypeWriter } from '../model/ts-type.js';
import type { ModuleModel, PackageModel } from '../model/types.js';
import { ApiMethodPrinter, type ApiMethodTools } from './api-method.js';
import { importLine } from './layout-text.js';
import type { Overlay } from './options.js';

const API_HEAD = `/**
 * Every method of the schema as a function with loose parameters.
 *
 * @typeParam Options - what every call takes beside its parameters.
 */
export interface Api<Options extends CallOptions = CallOptions> {
`;

const SCHEMA_API = `/** The \`Api\` of this schema, still to be told its options: \`ApiOf<SchemaApi, MyOptions>\`. */
export interface SchemaApi extends ApiTypes {
  readonly api: Api<this['options']>;
}
`;

/**
 * `interface Api`: every method as a function with loose parameters, for `client.api.messages.sendMessage({...})`.
 * What the overlay says is filled in may be left out; where it names a substitute, that is accepted too.
 */
export function apiModule(model: PackageModel, overlay: Overlay | undefined): string {
  return new ApiPrinter(model, overlay).print();
}

class ApiPrinter {
  private readonly tools: ApiMethodTools;

  constructor(
    private readonly model: PackageModel,
    overlay: Overlay | undefined,
  ) {
    const codec = new Set(['ApiTypes', 'CallOptions']);
    const substitute = (type: string): string | undefined => {
      const { accepts } = own(overlay?.substitutes, type) ?? {};
      const loose = LOOSE_TYPES.find((name) => name === accepts);
      if (loose !== undefined) codec.add(loose);
      return loose;
    };
    this.tools = {
      overlay,
      codec,
      // '.': a module that no namespace can have, so that every reference is imported.
      parameters: new TypeWriter('.', model, substitute),
      results: new TypeWriter('.', model),
    };
  }

  print(): string {
    const { codec, parameters, results } = this.tools;
    const body = this.namespace('', '  ');
    const imports = [...new Map([...parameters.imports, ...results.imports])]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, alias]) => `import type * as ${alias} from './${module}.js';`);
    const names = new Set([...codec, ...parameters.codec, ...results.codec]);
    const head = [importLine([...names].sort(), '@tlgen/codec'), ...imports].join('\n');
    return `${head}\n\n${API_HEAD}${body}}\n\n${SCHEMA_API}`;
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
    const printed = methods.map((one) => {
      const name = names.get(localName(one.key)) as string;
      return new ApiMethodPrinter(one, name, indent, this.tools).print();
    });
    const nested = children.map((child) => {
      // A namespace may be called like a method beside it.
      const name = scope.take(memberName(localName(child.namespace)));
      return `${indent}readonly ${name}: {\n${this.namespace(child.namespace, `${indent}  `)}${indent}};\n`;
    });
    return [...printed, ...nested].join('');
  }

  private hasMethods(namespace: string): boolean {
    return this.model.modules.some(
      (one) =>
        (one.namespace === namespace || one.namespace.startsWith(`${namespace}.`)) &&
        one.classes.some((entry) => entry.result),
    );
  }
}

const memberName = (local: string): string => (/^[0-9]/.test(local) ? `_${local}` : local);

function isChild(module: ModuleModel, parent: string): boolean {
  if (module.namespace === '') return false;
  const rest = parent === '' ? module.namespace : module.namespace.slice(parent.length + 1);
  const below = parent === '' || module.namespace.startsWith(`${parent}.`);
  return below && rest !== '' && !rest.includes('.');
}
