import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** A compiled template. */
export type Template = (data: object) => string;

/** Which templates are meant. */
export interface TemplateSource {
  /** Folder below `templates/`. Default `code`. */
  readonly folder?: 'code' | 'docs';
  /** Templates of that folder which others include. */
  readonly partials?: readonly string[];
}

const root = new URL('../../../templates/', import.meta.url);
const packed = new URL('../../templates/', import.meta.url);

/** Loads and compiles templates; strict, so that a missing value is an error. Nothing is escaped. */
export async function loadTemplates<Name extends string>(
  names: readonly Name[],
  { folder = 'code', partials = [] }: TemplateSource = {},
): Promise<Record<Name, Template>> {
  const { default: shared } = await import('handlebars');
  const handlebars = shared.create();
  const read = (name: string): Promise<string> => readTemplate(`${folder}/${name}.hbs`);
  const parts = partials.map(async (name) => handlebars.registerPartial(name, await read(name)));
  await Promise.all(parts);
  const entries = await Promise.all(
    names.map(async (name): Promise<[Name, Template]> => {
      const compiled = handlebars.compile(await read(name), { noEscape: true, strict: true });
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
