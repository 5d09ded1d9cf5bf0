import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A compiled template. */
export type Template = (data: object) => string;

const root = new URL('../../../templates/code/', import.meta.url);
const packed = new URL('../../templates/code/', import.meta.url);

/** Loads and compiles templates of `templates/code`; strict, so that a missing value is an error. */
export async function loadTemplates<Name extends string>(
  names: readonly Name[],
): Promise<Record<Name, Template>> {
  const { default: handlebars } = await import('handlebars');
  const entries = await Promise.all(
    names.map(async (name): Promise<[Name, Template]> => {
      const compiled = handlebars.compile(await readTemplate(`${name}.hbs`), {
        noEscape: true,
        strict: true,
      });
      return [name, (data) => compiled(data).trimEnd()];
    }),
  );
  return Object.fromEntries(entries) as Record<Name, Template>;
}

async function readTemplate(file: string): Promise<string> {
  // In the repository the folder stands beside the generator, in the npm package inside it.
  try {
    return await readFile(fileURLToPath(new URL(file, root)), 'utf8');
  } catch {
    return readFile(fileURLToPath(new URL(file, packed)), 'utf8');
  }
}
