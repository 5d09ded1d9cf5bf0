import { generate } from '../../generator/src/emit/generate.js';
import { schemaOf } from './schemas.js';

/** Module name → TypeScript of everything generated from TL text. */
export async function generatedModules(text: string, name = 'test'): Promise<Map<string, string>> {
  const options = { schema: schemaOf(text), name, compile: false, standalone: false };
  const { files } = await generate(options);
  return new Map(
    [...files].map(([path, content]) => [path.replace(/^src\/generated\/|\.ts$/g, ''), content]),
  );
}

/** The text of one class in a module, without its comment. */
export function classText(
  modules: ReadonlyMap<string, string>,
  name: string,
  module = 'base',
): string {
  const text = modules.get(module) ?? '';
  const start = text.search(new RegExp(`^export class ${name}\\b`, 'm'));
  if (start < 0) throw new Error(`no class ${name} in ${module}:\n${text}`);
  return text.slice(start, text.indexOf('\n}\n', start) + 3);
}
