/** Width that prettier is set to for generated code. */
export const WIDTH = 100;

const fits = (line: string): boolean => line.length <= WIDTH;

/*
 * Generated text is laid out as prettier would lay it out, so that running prettier over it changes nothing. These are
 * the few shapes that can get too long for a line.
 */

/** A line that is too long, other than comments, lone strings, and heads of classes, which prettier leaves as they are. */
const TOO_LONG = new RegExp(
  `^(?! *(?:\\*|/\\*|'|"))(?!export class \\w+ extends ).{${WIDTH + 1},}$`,
  'm',
);

/** Whether prettier may have to break lines of a module after all. */
export function overflows(text: string): boolean {
  return TOO_LONG.test(text);
}

/** `export type X = A | B;`: on the next line when it does not fit, one member a line when that does not fit either. */
export function unionAlias(head: string, members: readonly string[]): string {
  return broken(`${head} =`, members, '  ');
}

/** A property whose type is a union, `head` being all before the colon. */
export function unionProperty(head: string, members: readonly string[], indent: string): string {
  return broken(`${head}:`, members, `${indent}  `, indent);
}

function broken(head: string, members: readonly string[], inner: string, outer = ''): string {
  const union = members.join(' | ');
  if (fits(`${outer}${head} ${union};`) || members.length < 2) return `${head} ${union};`;
  if (fits(`${inner}${union};`)) return `${head}\n${inner}${union};`;
  return `${head}\n${members.map((one) => `${inner}| ${one}`).join('\n')};`;
}

/** `Head<Argument>;`, the argument on a line of its own when it does not fit. */
export function typeArgument(head: string, argument: string): string {
  const line = `${head}<${argument}>;`;
  return fits(line) ? line : `${head}<\n  ${argument}\n>;`;
}

/** `import type { A, B } from 'x';`, one name a line when it does not fit. */
export function importLine(names: readonly string[], from: string, word = 'import type'): string {
  const line = `${word} { ${names.join(', ')} } from '${from}';`;
  return fits(line)
    ? line
    : `${word} {\n${names.map((one) => `  ${one},`).join('\n')}\n} from '${from}';`;
}

/** `export { A, B };`, one name a line when it does not fit. */
export function exportLine(names: readonly string[]): string {
  const line = `export { ${names.join(', ')} };`;
  return fits(line) ? line : `export {\n${names.map((one) => `  ${one},`).join('\n')}\n};`;
}

/** A call with one argument, which gets a line of its own when it does not fit. */
export function call(head: string, argument: string): string {
  const line = `${head}(${argument});`;
  return fits(line) ? line : `${head}(\n  ${argument},\n);`;
}

/** A method signature in an interface; the parameters one a line when it does not fit or one has several lines. */
export function signature(
  name: string,
  parameters: readonly string[],
  result: string,
  indent: string,
): string {
  const line = `${name}(${parameters.join(', ')}): ${result};`;
  if (!line.includes('\n') && fits(indent + line)) return indent + line;
  const list = parameters.map((one) => `${indent}  ${one},\n`).join('');
  return `${indent}${name}(\n${list}${indent}): ${result};`;
}

/** `if (test) statement`, the statement on a line of its own when it does not fit. */
export function ifLine(test: string, statement: string, indent: string): string {
  const line = `if (${test}) ${statement}`;
  return fits(indent + line) ? line : `if (${test})\n  ${statement}`;
}

/** `target = test ? yes : undefined;`, broken before its branches when it does not fit. */
export function conditional(target: string, test: string, yes: string, indent: string): string {
  const line = `${target} = ${test} ? ${yes} : undefined;`;
  return fits(indent + line) ? line : `${target} = ${test}\n  ? ${yes}\n  : undefined;`;
}

/** A call whose last argument is a list: one item a line when it does not fit. */
export function listCall(head: string, items: readonly string[], tail: string): string {
  const line = `${head}[${items.join(', ')}]${tail}`;
  if (fits(line)) return line;
  return `${head}[\n${items.map((one) => `  ${one},`).join('\n')}\n]${tail}`;
}

/** An intersection; `indent` is where lines after an object type that it begins with do. */
export function intersection(parts: readonly string[], indent: string): string {
  if (!parts[0]?.includes('\n')) return parts.join(' & ');
  const [first = '', second, ...rest] = parts;
  const head = second === undefined ? first : `${first} & ${second}`;
  return [head, ...rest].join(` &\n${indent}`);
}
