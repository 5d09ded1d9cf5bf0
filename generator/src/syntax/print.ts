import type { Combinator, Field, SchemaTree, TypeExpr } from './ast.js';

/**
 * Writes a tree as TL text. `parse(print(tree))` gives the same tree apart from spans; comments that
 * are not documentation are lost, as the tree does not hold them.
 */
export function print(tree: SchemaTree): string {
  const lines: string[] = [];
  const described = new Map(tree.typeDescriptions);
  let kind: Combinator['kind'] = 'constructor';
  let layer: number | null = null;
  if (tree.layer !== null) lines.push(`// LAYER ${String(tree.layer)}`, '');
  for (const combinator of tree.combinators) {
    if (combinator.layer !== layer && combinator.layer !== null) {
      layer = combinator.layer;
      kind = 'constructor';
      separate(lines, `===${String(layer)}===`);
    }
    if (combinator.kind !== kind) {
      kind = combinator.kind;
      separate(lines, kind === 'function' ? '---functions---' : '---types---');
    }
    const typeName = combinator.result.kind === 'named' ? combinator.result.name : '';
    const typeText = described.get(typeName);
    if (typeText !== undefined) {
      described.delete(typeName);
      separate(lines, printClass(typeName, typeText));
    }
    lines.push(...printDoc(combinator), printCombinator(combinator));
  }
  for (const [name, text] of described) separate(lines, printClass(name, text));
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One declaration on one line, with its `;` and without its documentation. */
export function printCombinator(combinator: Combinator): string {
  const { name, id, typeParameters, fields, builtin } = combinator;
  const parameterNames = new Set(typeParameters.map((parameter) => parameter.name));
  const parts = [id === null ? name : `${name}#${id.toString(16)}`];
  for (const parameter of typeParameters) parts.push(`{${parameter.name}:${parameter.type}}`);
  if (builtin) parts.push('?');
  for (const field of fields) parts.push(printField(field));
  return `${parts.join(' ')} = ${printResult(combinator.result, parameterNames)};`;
}

/** `name:flags.3?Vector<int>`. */
export function printField(field: Field): string {
  const name = field.name === null ? '' : `${field.name}:`;
  return name + printCondition(field) + printType(field.type);
}

/** `flags.3?`, or nothing for a field that is always there. */
export function printCondition({ condition }: Field): string {
  if (condition === null) return '';
  const bit = condition.bit === null ? '' : `.${String(condition.bit)}`;
  return `${condition.word}${bit}?`;
}

/** `Vector<int>`, `%Message`, `4*[ int ]`. */
export function printType(type: TypeExpr): string {
  if (type.kind === 'nat') return '#';
  if (type.kind === 'repeat') {
    const count = type.count === null ? '' : `${String(type.count)}*`;
    return [`${count}[`, ...type.items.map(printField), ']'].join(' ');
  }
  const prefix = `${type.percent ? '%' : ''}${type.bang ? '!' : ''}`;
  const args = type.args.length === 0 ? '' : `<${type.args.map(printType).join(',')}>`;
  return prefix + type.name + args;
}

/** A result applied to type parameters is spaced by custom: `= Vector t;`. */
function printResult(type: TypeExpr, parameters: ReadonlySet<string>): string {
  if (type.kind !== 'named' || type.args.length === 0 || type.percent || type.bang) {
    return printType(type);
  }
  const names = type.args.map((arg) => (arg.kind === 'named' ? printType(arg) : ''));
  return names.every((name) => parameters.has(name))
    ? `${type.name} ${names.join(' ')}`
    : printType(type);
}

function printClass(name: string, text: string): string {
  return `//@class ${name} @description ${text}`;
}

function printDoc({ description, fields }: Combinator): string[] {
  const lines: string[] = [];
  if (description !== null) lines.push(`//@description ${description}`);
  for (const { name, description: text } of fields) {
    if (name === null || text === null) continue;
    const tag = name === 'description' || name === 'class' ? `param_${name}` : name;
    lines.push(`//@${tag} ${text}`);
  }
  return lines.length === 0 ? lines : ['', ...lines];
}

function separate(lines: string[], line: string): void {
  if (lines.length > 0 && lines.at(-1) !== '') lines.push('');
  lines.push(line);
}
