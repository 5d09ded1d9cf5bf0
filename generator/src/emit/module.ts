import type {
  ImportDeclarationStructure,
  OptionalKind,
  Project,
  SourceFileStructure,
  StatementStructures,
} from 'ts-morph';
import type { ClassModel, ModuleModel } from '../model/types.js';
import { classStructure, type ClassTools } from './class-structure.js';
import { unionAlias } from './layout-text.js';
import { docComment } from './tsdoc.js';

/** The only use of ts-morph: one bulk call per module, because adding classes one at a time is quadratic. */
export class ModulePrinter {
  private constructor(
    private readonly project: Project,
    private readonly kinds: typeof import('ts-morph').StructureKind,
    private readonly tools: Omit<ClassTools, 'marks'>,
  ) {}

  static async create(tools: Omit<ClassTools, 'marks'>): Promise<ModulePrinter> {
    const { IndentationText, Project, QuoteKind, StructureKind } = await import('ts-morph');
    const project = new Project({
      useInMemoryFileSystem: true,
      skipLoadingLibFiles: true,
      manipulationSettings: {
        indentationText: IndentationText.TwoSpaces,
        quoteKind: QuoteKind.Single,
      },
    });
    return new ModulePrinter(project, StructureKind, tools);
  }

  /** The TypeScript source of a namespace. */
  print(module: ModuleModel): string {
    const { kinds } = this;
    const tools: ClassTools = { ...this.tools, marks: new Map() };
    const structure: OptionalKind<SourceFileStructure> = {
      statements: [
        ...imports(module).map((one): StatementStructures => ({
          ...one,
          kind: kinds.ImportDeclaration,
        })),
        ...module.children.map(
          ({ name, module: child }) => `export * as ${name} from './${child}.js';`,
        ),
        ...module.unions.map((union) => {
          const head = `export type ${union.name}`;
          const members = union.members.length > 0 ? union.members : ['never'];
          return docComment(union.description) + unionAlias(head, members);
        }),
        ...module.classes.map((one): StatementStructures => ({
          ...classStructure(one, tools),
          kind: kinds.Class,
        })),
      ],
    };
    const file = this.project.createSourceFile(`${module.name}.ts`, structure, { overwrite: true });
    const text = file.getFullText();
    file.forget();
    // Without any import or export, a file is no module to TypeScript.
    if (text === '') return 'export {};\n';
    return text.replace(
      /declare readonly \$\w+\?: mark\d+;/g,
      (mark) => tools.marks.get(mark) ?? mark,
    );
  }
}

function imports(module: ModuleModel): OptionalKind<ImportDeclarationStructure>[] {
  const { classes } = module;
  const uses = (pattern: RegExp): boolean => classes.some((one) => pattern.test(typesOf(one)));
  const isMethod = (one: ClassModel): boolean => one.result !== null;
  const values = [
    ...(classes.some(isMethod) || uses(/\bTlMethod\b/) ? ['TlMethod'] : []),
    ...(classes.some((one) => !isMethod(one)) || uses(/\bTlObject\b/) ? ['TlObject'] : []),
  ];
  const hasFields = classes.some((one) => one.fields.some((field) => field.role !== 'word'));
  const types = classes.length > 0 ? [...(hasFields ? ['Init'] : []), 'TlReader', 'TlWriter'] : [];
  const codec = {
    moduleSpecifier: '@tlgen/codec',
    namedImports: [...values, ...types.map((one) => `type ${one}`)],
  };
  const others = module.imports.map(({ module: name, alias }) => ({
    moduleSpecifier: `./${name}.js`,
    namespaceImport: alias,
    isTypeOnly: true,
  }));
  return codec.namedImports.length > 0 ? [codec, ...others] : others;
}

const typesOf = (one: ClassModel): string =>
  [...one.fields.map((field) => field.tsType), one.result?.tsType ?? ''].join(' ');
