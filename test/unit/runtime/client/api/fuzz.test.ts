import { layoutOf, TlgenError, type TlClass } from '@tlgen/codec';
import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { Random, RUNS, seedFor } from '../../../../support/random.js';
import { randomText } from '../../../../support/random-values.js';
import { callOf, rig, schema } from './support.js';

const classes = [...schema.registry];
const methods = classes.filter((one) => schema.registry.isMethod(one));
const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', '_', 'then', '$write', ''];

/** Anything at all, often with the names of a schema in it. */
function junk(random: Random, depth: number): unknown {
  const simple = [
    () => random.pick([undefined, null, true, false, NaN, Infinity, -0, 2 ** 53, 2 ** 31, 1.5]),
    () => random.next() | 0,
    () => BigInt(random.next()) ** 3n,
    () => randomText(random).slice(0, 100),
    () => random.pick(['__proto__', 'me', '1', '-5', '9'.repeat(30), 'constructor']),
    () => random.bytes(random.below(20)),
    () => random.pick([Symbol('x'), () => 1, new Date(NaN), new Date(), /x/, new Map()]),
    () => Object.create(null),
    () => new base.InputPeerSelf(),
    () =>
      new Proxy(
        {},
        {
          get: random.pick([
            () => 'x',
            () => {
              throw new Error('no');
            },
          ]),
        },
      ),
  ];
  if (depth === 0 || random.chance(40)) return random.pick(simple)();
  if (random.chance(30))
    return Array.from({ length: random.below(4) }, () => junk(random, depth - 1));
  return fieldsOf(random, random.pick(classes), depth, true);
}

function fieldsOf(random: Random, one: TlClass, depth: number, named: boolean): object {
  const entries: [string, unknown][] = named
    ? [['_', random.chance(90) ? one.tl : junk(random, 0)]]
    : [];
  for (const { name } of layoutOf(one))
    if (random.chance(70)) entries.push([name, junk(random, depth - 1)]);
  if (random.chance(10)) entries.push([random.pick(KEYS), junk(random, depth - 1)]);
  return Object.fromEntries(entries);
}

describe('junk', () => {
  it('never gives an untyped error, hangs, or changes what all objects have', async () => {
    const { api, sent } = rig();
    const before = JSON.stringify(Object.getOwnPropertyNames(Object.prototype));
    let refused = 0;
    for (const one of methods) {
      const call = callOf(api, one.tl);
      for (let run = 0; run < 6 * RUNS; run++) {
        const random = new Random(seedFor(`junk ${one.tl}`, run));
        const parameters = random.chance(5) ? junk(random, 3) : fieldsOf(random, one, 3, false);
        try {
          await call(parameters);
        } catch (error) {
          refused++;
          if (!(error instanceof TlgenError))
            throw new Error(`${one.tl}, run ${run}`, { cause: error });
          expect(error.message.length).toBeLessThan(2000);
        }
      }
    }
    expect(JSON.stringify(Object.getOwnPropertyNames(Object.prototype))).toBe(before);
    expect(({} as Record<string, unknown>)['silent']).toBeUndefined();
    // Both ways are taken often.
    expect(refused).toBeGreaterThan(methods.length);
    expect(sent.length).toBeGreaterThan(methods.length / 8);
  }, 30_000);

  it('of options and of what a call is made with', async () => {
    const { loose } = rig();
    for (const key of KEYS) {
      const parameters = Object.defineProperty({ peer: 'x', message: '' }, key, {
        value: 1,
        enumerable: true,
      });
      const call = loose['messages']!['sendMessage']!(parameters);
      await expect(call).rejects.toMatchObject({ code: 'BAD_PARAMETER' });
    }
  });
});
