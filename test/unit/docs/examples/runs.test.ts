import type { TlObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { codeIn, ownExamples } from '../../../support/docs-examples.js';
import { expectSame } from '../../../support/round-trip.js';
import { OWN_NAMES } from '../../../support/schemas.js';

/** Runs a JavaScript example and gives the object it makes. */
function run(code: string, root: object): TlObject {
  const body = code
    .replace(/^import \{([^}]+)\} from '[^']+';\n/, 'const {$1} = root;')
    .replace(/^export const (\w+) =/m, 'const object =');
  const made: TlObject[] = [];
  const client = { invoke: (request: TlObject) => made.push(request) && new Promise(() => {}) };
  const isCall = body.includes('export async function');
  const text = isCall
    ? `${body.replace('export async', 'async')}\nexample(client);`
    : `${body}\nreturn object;`;
  // The code is our own, fresh from the printer.
  // oxlint-disable-next-line no-implied-eval, no-new-func
  const value = new Function('root', 'client', text)(root, client) as TlObject | undefined;
  const object = value ?? made[0];
  if (object === undefined) throw new Error('the example makes nothing');
  return object;
}

describe.each(OWN_NAMES)('JavaScript examples of %s', (name) => {
  it('make the object that the JSON shows', async () => {
    const root = (await import(`@tlgen/${name}`)) as object;
    for (const one of ownExamples(name)) {
      const object = run(codeIn('js', one), root);
      expect(object._).toBe(one.of.key);
      expectSame(object.toJSON(), JSON.parse(codeIn('json', one)), one.of.key);
    }
  });

  it('are the TypeScript ones without types', () => {
    for (const one of ownExamples(name)) {
      const js = codeIn('js', one).replace(/^\/\*\*.*\n/m, '');
      const ts = codeIn('ts', one)
        .replace("import type { Invoker } from '@tlgen/codec';\n", '')
        .replace('(client: Invoker): Promise<void>', '(client)');
      expectSame(ts, js, one.of.key);
    }
  });
});
