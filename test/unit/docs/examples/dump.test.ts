import { writeFileSync } from 'node:fs';
import { it } from 'vitest';
import { exampleMaker } from '../../../../generator/src/docs/examples/example-maker.js';
import { buildModel } from '../../../../generator/src/model/build-model.js';
import { combinatorsOf, OWN_NAMES, ownSchema } from '../../../support/schemas.js';
it('dumps', () => {
  for (const name of OWN_NAMES) {
    const schema = ownSchema(name);
    const model = buildModel(schema);
    const t = performance.now();
    const make = exampleMaker({ schema, model, package: `@tlgen/${name}` });
    const all = combinatorsOf(schema).map((one) => [one, make(one)] as const);
    console.log(
      name,
      all.length,
      all.filter(([, x]) => x.length === 0).map(([o]) => o.key),
      performance.now() - t,
    );
    writeFileSync(
      `/tmp/ex-${name}.txt`,
      all
        .map(([one, x]) => `##### ${one.kind} ${one.key}\n` + x.map((e) => e.code).join('\n---\n'))
        .join('\n'),
    );
    writeFileSync(
      `/tmp/ts-${name}.txt`,
      all.map(([one, x]) => `##### ${one.kind} ${one.key}\n` + x[0]?.code).join('\n'),
    );
  }
});
