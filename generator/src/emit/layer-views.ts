import { NameScope } from '../model/names.js';
import { TypeWriter } from '../model/ts-type.js';
import type { ClassPlace, FieldModel, PackageModel } from '../model/types.js';
import type { Schema, SchemaCombinator } from '../schema/types.js';
import { exportLine, importLine, typeArgument, unionAlias } from './layout-text.js';

/**
 * A module per layer of a `===N===` schema: the same classes under their plain names, typed so that objects of that
 * layer hold nothing that the layer does not know. No code of its own: every value is the class it stands for.
 */
export function layerViews(schema: Schema, model: PackageModel): ReadonlyMap<number, string> {
  return new Map(
    schema.layers.map((layer) => [layer, new LayerView(schema, model, layer).print()]),
  );
}

const existsAt = (one: SchemaCombinator, layer: number): boolean =>
  (one.since ?? 0) <= layer && (one.until === null || layer <= one.until);

class LayerView {
  private readonly alive: readonly SchemaCombinator[];
  /** TL types whose union is smaller in this layer than in all layers together. */
  private readonly narrowed: ReadonlySet<string>;
  /** Modules of narrowed classes, and their aliases. */
  private readonly imports = new Map<string, string>();
  /** Key → name in this view, where classes of all namespaces stand side by side. */
  private readonly classNames: ReadonlyMap<string, string>;
  /** TL type → name of its union in this view. */
  private readonly unions: ReadonlyMap<string, ClassPlace>;
  /** Module → classes that are the same in this layer, renamed where they carry a layer. */
  private readonly same = new Map<string, string[]>();

  constructor(
    private readonly schema: Schema,
    private readonly model: PackageModel,
    private readonly layer: number,
  ) {
    this.alive = schema.constructors.filter((one) => existsAt(one, layer));
    const keys = new Set(this.alive.map((one) => one.key));
    // A type is narrowed also when something it holds is.
    const narrowed = new Set(
      schema.types
        .filter((type) => type.constructors.some((key) => !keys.has(key)))
        .map((type) => type.name),
    );
    for (let grew = true; grew;) {
      grew = false;
      for (const one of this.alive) {
        const type = one.result.kind === 'boxed' ? one.result.type : '';
        if (narrowed.has(type) || !this.fieldsOf(one, narrowed).length) continue;
        narrowed.add(type);
        grew = true;
      }
    }
    this.narrowed = narrowed;
    const scope = new NameScope();
    this.unions = new Map(
      [...model.unions].map(([type, place]) => {
        return [type, { ...place, module: '.', className: scope.take(place.className) }];
      }),
    );
    this.classNames = new Map(this.alive.map((one) => [one.key, scope.take(this.plainName(one))]));
  }

  /** What the newest version is called; a slice of a schema may have none. */
  private plainName(one: SchemaCombinator): string {
    return (this.model.constructors.get(one.name) ?? this.place(one.key)).className;
  }

  private fieldsOf(one: SchemaCombinator, narrowed: ReadonlySet<string>): string[] {
    return one.fields.filter((field) => mentions(field.type, narrowed)).map((field) => field.name);
  }

  print(): string {
    const unions = this.schema.types.flatMap((type) => this.unionView(type.name));
    const views = this.alive.flatMap((one) => this.narrowedClass(one));
    const codec = views.length > 0 ? ["import type { LayerView } from '@tlgen/codec';"] : [];
    const same = [...this.same].sort(([a], [b]) => (a < b ? -1 : 1));
    const imports = same.map(([module, names]) => importLine(names, `../${module}.js`, 'import'));
    const whole = [...this.imports]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([module, alias]) => `import * as ${alias} from '../${module}.js';`);
    const exported = same.flatMap(([, names]) =>
      names.map((name) => name.split(' ').at(-1) as string),
    );
    const head = `/** The schema as it was at layer ${this.layer}. */\nexport const layer = ${this.layer};`;
    const again = exported.length > 0 ? [exportLine(exported)] : [];
    const parts = [[...codec, ...whole, ...imports], [head], again, unions, views];
    const texts = parts.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'));
    return `${texts.join('\n\n')}\n`;
  }

  private place(key: string): ClassPlace {
    return this.model.constructors.get(key) as ClassPlace;
  }

  /** A class whose fields hold less in this layer; the others are taken as they are. */
  private narrowedClass(one: SchemaCombinator): string[] {
    const place = this.place(one.key);
    const name = this.classNames.get(one.key) as string;
    const narrowed = new Set(this.fieldsOf(one, this.narrowed));
    const module = this.model.modules.find((entry) => entry.name === place.module);
    const fields = module?.classes.find((entry) => entry.key === one.key)?.fields ?? [];
    const changed = fields.filter((field) => narrowed.has(field.tl));
    if (changed.length === 0) {
      const names = this.same.get(place.module) ?? [];
      this.same.set(place.module, [
        ...names,
        name === place.className ? name : `${place.className} as ${name}`,
      ]);
      return [];
    }
    this.imports.set(place.module, place.alias);
    const target = `${place.alias}.${place.className}`;
    const overrides = changed.map((field) => `    ${this.override(field)}\n`).join('');
    return [
      `export const ${name}: LayerView<\n  typeof ${target},\n  {\n${overrides}  }\n> = ${target} as never;\n` +
        typeArgument(`export type ${name} = InstanceType`, `typeof ${name}`),
    ];
  }

  private override(field: FieldModel): string {
    const optional = field.role === 'optional';
    const { unions } = this;
    const type = new TypeWriter('.', { constructors: new Map(), unions }).type(field.type);
    return `${field.name}${optional ? '?' : ''}: ${type}${optional ? ' | undefined' : ''};`;
  }

  private unionView(type: string): string[] {
    const members = this.alive.filter(
      (one) => one.result.kind === 'boxed' && one.result.type === type,
    );
    if (members.length === 0) return [];
    const names = members.map((one) => this.classNames.get(one.key) as string);
    return [unionAlias(`export type ${(this.unions.get(type) as ClassPlace).className}`, names)];
  }
}

function mentions(type: SchemaCombinator['result'], types: ReadonlySet<string>): boolean {
  if (type.kind === 'boxed') return types.has(type.type);
  if (type.kind === 'vector' || type.kind === 'tuple') return mentions(type.item, types);
  return false;
}
