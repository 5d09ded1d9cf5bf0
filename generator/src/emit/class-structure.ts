import type {
  ClassDeclarationStructure,
  ConstructorDeclarationStructure,
  MethodDeclarationStructure,
  OptionalKind,
  PropertyDeclarationStructure,
} from 'ts-morph';
import type { ClassModel, FieldModel } from '../model/types.js';
import type { TypeRef } from '../schema/types.js';
import { codecBody, type CodecBody } from './codec-body.js';
import { literal } from '../model/literal.js';
import { unionProperty } from './layout-text.js';
import type { Template } from './templates.js';
import { classDoc, lineDoc } from './tsdoc.js';
import { hex, type WireCalls } from './wire.js';

export const BODY_TEMPLATES = [
  'constructor',
  'write',
  'write-body',
  'write-boxed',
  'read',
] as const;

/** What class structures are made with. */
export interface ClassTools {
  readonly calls: WireCalls;
  readonly templates: Record<(typeof BODY_TEMPLATES)[number], Template>;
  /** Text in ts-morph's output → what it stands for. */
  readonly marks: Map<string, string>;
}

type Property = OptionalKind<PropertyDeclarationStructure>;

/** ts-morph's structure of one generated class. */
export function classStructure(
  model: ClassModel,
  tools: ClassTools,
): OptionalKind<ClassDeclarationStructure> {
  const own = model.fields.filter((field) => field.role !== 'word');
  const isMethod = model.result !== null;
  const body = codecBody(model, tools.calls);
  return {
    name: model.className,
    isExported: true,
    docs: classDoc(model.description, model.tl, model.useInstead),
    typeParameters: [...model.generics.values()].map((name) => ({ name, default: 'unknown' })),
    extends: isMethod ? `TlMethod<${model.result.tsType}>` : 'TlObject',
    properties: [...statics(model), ...own.map(fieldProperty), ...typeOnly(model, tools.marks)],
    ctors: own.length === 0 ? [] : [constructorOf(model, own, body, tools)],
    methods: [
      ...writers(model, body, tools),
      ...resultReader(model, tools),
      reader(model, own, body, tools),
    ],
  };
}

function statics(model: ClassModel): Property[] {
  return [
    { name: 'id', isStatic: true, isReadonly: true, initializer: hex(model.id) },
    { name: 'tl', isStatic: true, isReadonly: true, initializer: literal(model.key) },
    { name: '_', hasDeclareKeyword: true, isReadonly: true, type: literal(model.key) },
  ];
}

function fieldProperty(field: FieldModel): Property {
  const optional = field.role === 'optional' || field.role === 'open-word';
  return {
    name: field.name,
    hasDeclareKeyword: true,
    hasQuestionToken: optional,
    type: optional ? `${field.tsType} | undefined` : field.tsType,
    docs: lineDoc(field.description),
  };
}

/**
 * Members that exist for the type checker alone. ts-morph leaves a space before a type that begins on a new line, so
 * they are marked here and put in place of the mark once the module is text.
 */
function typeOnly(model: ClassModel, marks: Map<string, string>): Property[] {
  const flags = model.fields.filter((field) => field.role === 'flag').map((field) => field.name);
  const union = (name: string, values: readonly string[]): Property[] => {
    if (values.length === 0) return [];
    const mark = `mark${marks.size}`;
    const property: Property = {
      name,
      hasDeclareKeyword: true,
      isReadonly: true,
      hasQuestionToken: true,
      type: mark,
    };
    marks.set(
      `declare readonly ${name}?: ${mark};`,
      unionProperty(`declare readonly ${name}?`, values.map(literal), '  '),
    );
    return [property];
  };
  return [...union('$flags', flags), ...union('$errors', model.errors)];
}

const selfType = (model: ClassModel, parameters: readonly string[]): string =>
  parameters.length === 0 ? model.className : `${model.className}<${parameters.join(', ')}>`;

/** The parameter of a method that reads or writes; one that is not used begins with `_`. */
const parameter = (name: 'r' | 'w', code: string): { name: string; type: string } => ({
  name: code.includes(`${name}.`) || code.includes(`(${name})`) ? name : `_${name}`,
  type: name === 'r' ? 'TlReader' : 'TlWriter',
});

function constructorOf(
  model: ClassModel,
  own: readonly FieldModel[],
  { init }: CodecBody,
  { templates }: ClassTools,
): OptionalKind<ConstructorDeclarationStructure> {
  const type = `Init<${selfType(model, [...model.generics.values()])}>`;
  const allOptional = own.every((field) => field.role !== 'required');
  return {
    parameters: [{ name: 'init', type, ...(allOptional ? { initializer: '{}' } : {}) }],
    statements: templates.constructor({ init }),
  };
}

function writers(
  model: ClassModel,
  { write }: CodecBody,
  { templates }: ClassTools,
): OptionalKind<MethodDeclarationStructure>[] {
  const method = (name: string, statements: string): OptionalKind<MethodDeclarationStructure> => ({
    name,
    parameters: [parameter('w', statements)],
    returnType: 'void',
    statements,
  });
  const data = { id: hex(model.id), write };
  if (!model.bare) return [method('$write', templates.write(data))];
  return [
    method('$write', templates['write-boxed'](data)),
    method('$body', templates['write-body'](data)),
  ];
}

/** Whether the result of the method in this field is the result of the whole. */
function isSource(field: FieldModel, result: TypeRef & { kind: 'generic' }): boolean {
  const { type, role } = field;
  return role === 'required' && type.kind === 'generic' && type.parameter === result.parameter;
}

function resultReader(
  model: ClassModel,
  { calls }: ClassTools,
): OptionalKind<MethodDeclarationStructure>[] {
  if (model.result === null) return [];
  const { type, tsType } = model.result;
  const owner =
    type.kind === 'generic' ? model.fields.find((field) => isSource(field, type)) : undefined;
  const value = owner ? `this.${owner.name}.$result(r)` : calls.read(type);
  return [
    {
      name: '$result',
      parameters: [parameter('r', value)],
      returnType: tsType,
      statements: `return ${value};`,
    },
  ];
}

function reader(
  model: ClassModel,
  own: readonly FieldModel[],
  { read }: CodecBody,
  { templates }: ClassTools,
): OptionalKind<MethodDeclarationStructure> {
  const self = selfType(
    model,
    [...model.generics].map(() => 'unknown'),
  );
  return {
    name: '$read',
    isStatic: true,
    parameters: [parameter('r', read.join('\n'))],
    returnType: self,
    statements: templates.read({ className: self, fields: own.length > 0, read }),
  };
}
