import { readFileSync } from 'node:fs';
import type { JsonObject } from '@tlgen/codec';
import { describe, expect, it } from 'vitest';
import { liveRegistry } from '../../../../generator/src/live/live-registry.js';
import { examplesOf, codeIn, type ExamplesOf } from '../../../support/docs-examples.js';
import { checkRoundTrip } from '../../../support/round-trip.js';
import { schemaOf } from '../../../support/schemas.js';
import { SMALL_SCHEMA } from '../../../support/small-schema.js';

const ODD = readFileSync(new URL('../../../golden/fixtures/odd.tl', import.meta.url), 'utf8');

function roundTrips(text: string): ExamplesOf[] {
  const schema = schemaOf(text);
  const registry = liveRegistry(schema);
  const all = examplesOf(schema, 'odd');
  for (const one of all) {
    if (one.examples.length > 0) {
      checkRoundTrip(JSON.parse(codeIn('json', one)) as JsonObject, registry);
    }
  }
  return all;
}

const keysWithout = (all: readonly ExamplesOf[]): string[] =>
  all.filter(({ examples }) => examples.length === 0).map(({ of }) => of.key);

function codeOf(text: string, key: string, language = 'ts'): string {
  const one = examplesOf(schemaOf(text), 'odd').find(({ of }) => of.key === key);
  if (one === undefined) throw new Error(`no ${key}`);
  return codeIn(language, one);
}

describe('any schema', () => {
  it('has examples that go over the wire: every kind of field', () => {
    expect(keysWithout(roundTrips(SMALL_SCHEMA))).toEqual([]);
  });

  it('has examples that go over the wire: odd names', () => {
    expect(keysWithout(roundTrips(ODD))).toEqual([]);
  });

  it('gives nothing for what never ends, nor for what is enormous', () => {
    const all = roundTrips(`
      endless next:Endless = Endless;
      holds endless:Endless = Holds;
      bareEndless next:%BareEndless = BareEndless;
      huge all:100000*[ int ] = Huge;
      fine n:int = Fine;
      ---functions---
      useEndless x:Endless = Fine;
    `);
    expect(keysWithout(all)).toEqual(['endless', 'holds', 'bareEndless', 'huge', 'useEndless']);
  });

  it('leaves a recursion as soon as it can', () => {
    const text =
      'inputPeerUser peer:InputPeer x:InputPeer = InputPeer;\ninputPeerSelf = InputPeer;';
    const [first] = roundTrips(text);
    expect(codeIn('ts', first as ExamplesOf)).toContain('new base.InputPeerSelf()');
  });

  it('gives fields that share a bit together', () => {
    const json = codeOf(
      'x flags:# a:flags.3?int c:flags.4?int b:flags.3?string d:flags.5?int = X;',
      'x',
      'json',
    );
    expect(Object.keys(JSON.parse(json) as object)).toEqual(['_', 'a', 'c', 'b']);
  });

  it('sets the bits of words that are fields themselves', () => {
    const text = '---functions---\nsay mode:# silent:mode.5?true text:string = Bool;';
    roundTrips(text);
    expect(codeOf(text, 'say')).toContain("mode: 32, silent: true, text: 'Hello!'");
  });

  it('does not call a constant by a word of the language or by what it imports', () => {
    const text = 'null = Null;\nbase = Base;\nclass#1 = Class;';
    expect(codeOf(text, 'null')).toContain('export const nullValue = ');
    expect(codeOf(text, 'base')).toContain('export const baseValue = ');
    expect(codeOf(text, 'class')).toContain('export const classValue = ');
  });

  it('renames a namespace that is called as something in the example', () => {
    const text = 'a = A;\n---functions---\nclient.get = A;';
    expect(codeOf(text, 'client.get')).toContain(
      "import { client as clientNamespace } from 'odd';",
    );
    expect(codeOf(text, 'client.get')).toContain('new clientNamespace.GetRequest()');
  });

  it('finds nested namespaces through those above them', () => {
    const text = 'e2e.chain.block = e2e.chain.Block;';
    expect(codeOf(text, 'e2e.chain.block')).toContain("import { e2e } from 'odd';");
    expect(codeOf(text, 'e2e.chain.block')).toContain('new e2e.chain.Block()');
  });

  it.each([
    ['Bool', 'console.log(result);'],
    ['int', 'console.log(result);'],
    ['bytes', 'console.log(result.length);'],
    ['Vector<int>', 'console.log(result.length);'],
    ['One', 'console.log(result.title);'],
    ['Two', "if (result._ === 'two') {\n    console.log(result.count);\n  }"],
    ['Enum', 'console.log(result._);'],
    ['HttpWait', 'console.log(result._);'],
    ['Object', 'console.log(result._);'],
  ])('does something sensible with a result of type %s', (type, use) => {
    const types = `
      one id:int title:string = One;
      twoEmpty = Two;
      two count:int = Two;
      red = Enum;
      green = Enum;
      ---functions---`;
    expect(codeOf(`${types}\nget = ${type};`, 'get')).toContain(`\n  ${use}\n}\n`);
  });
});
