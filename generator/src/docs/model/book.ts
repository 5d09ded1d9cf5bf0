import { buildModel } from '../../model/build-model.js';
import { NameScope } from '../../model/names.js';
import { own } from '../../model/own.js';
import type { Places } from '../../model/ts-type.js';
import type { ClassModel, ClassPlace, PackageModel } from '../../model/types.js';
import type { Schema, SchemaCombinator, SchemaType } from '../../schema/types.js';
import type { DocsSchema, ListedRef, PageKind, PageRef } from '../types.js';
import { fileName, FOLDERS } from './file-names.js';
import { rootName } from '../examples/root-name.js';
import { rootPlaces } from '../../model/root-paths.js';

/** Everything that pages of one schema are made of, and which pages there are. */
export class Book {
  readonly schema: Schema;
  readonly model: PackageModel;
  readonly layer: number | null;
  readonly places: Places;
  private readonly classes: ReadonlyMap<string, ClassModel>;
  private readonly types: ReadonlyMap<string, SchemaType>;
  private readonly constructors: ReadonlyMap<string, SchemaCombinator>;
  private readonly forms = new Map<string, SchemaCombinator[]>();
  private readonly refs: Map<string, ListedRef>;
  private readonly files: Map<string, NameScope>;
  readonly folder: string;

  /**
   * @param folder - '' for the main schema, else `secret/`.
   * @param shelf - the book among whose pages those of this one stand: for an older layer.
   */
  constructor(
    readonly docs: DocsSchema,
    folder: string,
    shelf?: Book,
  ) {
    this.folder = shelf?.folder ?? folder;
    this.refs = shelf?.refs ?? new Map();
    this.files = shelf?.files ?? new Map();
    this.types = new Map(docs.schema.types.map((one) => [one.name, one]));
    this.constructors = new Map(docs.schema.constructors.map((one) => [one.key, one]));
    for (const one of docs.schema.constructors) {
      const forms = this.forms.get(one.name);
      if (forms) forms.push(one);
      else this.forms.set(one.name, [one]);
    }
    this.schema = docs.schema;
    this.model = buildModel(docs.schema, docs);
    this.layer = docs.layer ?? docs.schema.layer ?? docs.schema.layers.at(-1) ?? null;
    this.places = rootPlaces(this.model);
    this.classes = classesOf(this.model);
  }

  /** The class of a constructor or method. */
  classOf(one: SchemaCombinator): ClassModel {
    return this.classes.get(`${one.kind} ${one.key}`) as ClassModel;
  }

  /** What the class is called in a program that imports the package's root: `messages.SendEncryptedRequest`. */
  classNameOf(one: SchemaCombinator): string {
    const { methods, constructors } = this.model;
    const place = (one.kind === 'method' ? methods : constructors).get(one.key) as ClassPlace;
    return rootName(this.model, place).path;
  }

  typeOf(name: string): SchemaType | undefined {
    return this.types.get(name);
  }

  constructorOf(key: string): SchemaCombinator | undefined {
    return this.constructors.get(key);
  }

  /** All forms of a constructor of a layered schema, oldest first. */
  formsOf(name: string): readonly SchemaCombinator[] {
    return (this.forms.get(name) ?? []).toSorted((a, b) => (a.since ?? 0) - (b.since ?? 0));
  }

  /** Announces a page. No two files of a folder may differ only by case, and none is called `index`. */
  announce(kind: PageKind, name: string, description: string | null, slug = name): PageRef {
    const folder = FOLDERS[kind];
    let files = this.files.get(folder);
    if (files === undefined) {
      files = new NameScope((file) => file.toLowerCase());
      files.take('index');
      this.files.set(folder, files);
    }
    const path = `${this.folder}${folder}${files.take(fileName(slug))}.md`;
    const ref = { kind, name, schema: this.docs.key, path, description };
    this.refs.set(`${kind} ${name}`, ref);
    return bare(ref);
  }

  /** The page of something, with its description; null without one. */
  listed(kind: PageKind, name: string): ListedRef | null {
    return this.refs.get(`${kind} ${name}`) ?? null;
  }

  ref(kind: PageKind, name: string): PageRef | null {
    const found = this.listed(kind, name);
    return found === null ? null : bare(found);
  }

  /** Description of a type: the schema's own words first. */
  typeDescription(name: string, words: string | null): string | null {
    return words ?? own(this.docs.descriptions?.types, name) ?? null;
  }
}

const bare = ({ kind, name, schema, path }: PageRef): PageRef => ({ kind, name, schema, path });

/** Kind and key → class. */
function classesOf(model: PackageModel): ReadonlyMap<string, ClassModel> {
  return new Map(
    model.modules.flatMap(({ classes }) => classes.map((one) => [`${one.kind} ${one.key}`, one])),
  );
}
