/** A module in the two forms that Node and type checkers want. */
export interface Compiled {
  readonly js: string;
  readonly dts: string;
}

/** The source does not compile: a mistake of the emitter, never of the user's schema. */
export class EmitError extends Error {
  override readonly name = 'EmitError';
  readonly code = 'emit';
}

/** A comment on lines of its own; generated code has no others. */
const DOC_COMMENT = /^[ \t]*\/\*\*[^]*?\*\/\n/gm;

/** Turns generated TypeScript into JavaScript without comments and typings with them, module by module. */
export async function createCompiler(): Promise<(file: string, source: string) => Compiled> {
  const { isolatedDeclarationSync, transformSync } = await import('oxc-transform');
  return (file, source) => {
    const js = transformSync(file, source.replace(DOC_COMMENT, ''), {
      typescript: { onlyRemoveTypeImports: true },
    });
    const dts = isolatedDeclarationSync(file, source);
    const [error] = [...js.errors, ...dts.errors];
    if (error) throw new EmitError(`${file}: ${error.message}\n${error.codeframe ?? ''}`);
    return { js: js.code, dts: dts.code };
  };
}
