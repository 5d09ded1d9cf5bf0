import { describe, expect, it } from 'vitest';
import { OWN_NAMES } from '../support/schemas.js';
import {
  breaking,
  cyclesOf,
  importsOf,
  sourcesBelow,
  targetOf,
  type Import,
  type Source,
} from './imports.js';

const codec = sourcesBelow('packages/codec/src');
const generator = sourcesBelow('generator/src');
const builder = sourcesBelow('docs-site/build');
const theme = sourcesBelow('docs-site/theme/client');
const generated = OWN_NAMES.flatMap((name) => sourcesBelow(`packages/${name}/src`));

describe('the parser of imports', () => {
  it('tells values, types and dynamic imports apart', () => {
    const text = `import a, { b } from 'one';
import type { C } from 'two';
import { type D, type E } from 'three';
import { type F, g } from 'four';
import 'five';
export * from './six.js';
export * as x from './seven.js';
import type * as y from './eight.js';
import {
  h,
} from 'nine';
const z = await import('ten');
type T = typeof import('eleven');
// import k from 'twelve';
`;
    expect(importsOf(text).map((one) => `${one.kind} ${one.from}`)).toEqual([
      'value one',
      'type two',
      'type three',
      'value four',
      'value five',
      'value ./six.js',
      'value ./seven.js',
      'type ./eight.js',
      'value nine',
      'dynamic ten',
      'type eleven',
    ]);
  });
});

describe('codec', () => {
  it('imports nothing but itself', () => {
    expect(codec.length).toBeGreaterThan(15);
    expect(breaking(codec, (one) => one.from.startsWith('./'))).toEqual([]);
  });

  it('is the same on every run: no clock, no chance', () => {
    for (const { path, text } of codec)
      expect(text, path).not.toMatch(/Math\.random|Date\.now|new Date|performance\.now/);
  });
});

describe('generated packages', () => {
  const lists = /\/(?:registry|constructors|schema|index|layers\/\d+)\.ts$/;

  it('take values from codec alone, and from each other only types', () => {
    expect(generated.length).toBeGreaterThan(40);
    const allowed = (one: Import, { path }: Source): boolean => {
      if (one.kind === 'dynamic') return false;
      if (!one.from.startsWith('.')) return one.from === '@tlgen/codec';
      return one.kind === 'type' || lists.test(path) || isChild(one, path);
    };
    expect(breaking(generated, allowed)).toEqual([]);
  });

  /** `e2e` re-exports `e2e.chain`, which stands below it. */
  const isChild = (one: Import, path: string): boolean =>
    one.from.startsWith(`./${path.replace(/^.*\/|\.ts$/g, '')}.`);

  it('do not reach beyond their own folder', () => {
    const within = (one: Import, source: Source): boolean =>
      (targetOf(source, one) ?? source.path).startsWith(
        source.path.split('/').slice(0, 3).join('/'),
      );
    expect(breaking(generated, within)).toEqual([]);
  });
});

describe('generator', () => {
  /** From the ground up: a room imports only rooms of lower floors. */
  const FLOORS: Readonly<Record<string, number>> = {
    syntax: 0,
    schema: 1,
    model: 2,
    emit: 3,
    docs: 3,
    format: 3,
    live: 3,
    io: 4,
    cli: 5,
  };
  const roomOf = (path: string): string => /^generator\/src\/([^/]+)\//.exec(path)?.[1] ?? 'index';
  /** The facade is above the rooms it shows; only the command line may stand on it. */
  const floorOf = (path: string): number => FLOORS[roomOf(path)] ?? 4.5;

  it('has no rooms but these', () => {
    const rooms = new Set(generator.map(({ path }) => roomOf(path)));
    expect([...rooms].filter((room) => room !== 'index' && !(room in FLOORS))).toEqual([]);
  });

  it('flows from syntax to the command line', () => {
    const allowed = (one: Import, source: Source): boolean => {
      const target = targetOf(source, one);
      if (target === null || roomOf(target) === roomOf(source.path)) return true;
      const [from, to] = [floorOf(source.path), floorOf(target)];
      // Types may be named within a floor; values come from below.
      return to < from || (to === from && one.kind !== 'value') || one.kind === 'type';
    };
    expect(breaking(generator, allowed)).toEqual([]);
  });

  it('takes of our packages only codec', () => {
    const allowed = ({ from }: Import): boolean =>
      !from.startsWith('@tlgen/') || from === '@tlgen/codec';
    expect(breaking(generator, allowed)).toEqual([]);
  });

  it('loads heavy packages only when they are needed', () => {
    const heavy = /^(ts-morph|prettier|handlebars|oxc-transform|chokidar|jiti)\b/;
    expect(breaking(generator, (one) => !heavy.test(one.from) || one.kind !== 'value')).toEqual([]);
  });
});

describe('the rooms of the docs', () => {
  /** Page models are made of examples; what renders them comes last. */
  const FLOORS: readonly string[] = ['examples', 'model', 'render'];
  const floorOf = (path: string): number =>
    FLOORS.indexOf(/^generator\/src\/docs\/([^/]+)\//.exec(path)?.[1] ?? '');

  it('build on each other one way', () => {
    const docs = generator.filter(({ path }) => floorOf(path) >= 0);
    expect(docs.length).toBeGreaterThan(60);
    const allowed = (one: Import, source: Source): boolean => {
      const target = targetOf(source, one);
      return target === null || floorOf(target) <= floorOf(source.path);
    };
    expect(breaking(docs, allowed)).toEqual([]);
  });

  it('the site knows the content, not the generator that wrote it', () => {
    const packages = /^(markdown-it|handlebars|highlight\.js|rolldown|chokidar)(\/|$)/;
    const within = (one: Import, source: Source): boolean =>
      (targetOf(source, one) ?? 'docs-site/build/').startsWith('docs-site/build/');
    const allowed = (one: Import, source: Source): boolean =>
      one.from.startsWith('.')
        ? within(one, source)
        : one.from.startsWith('node:') || packages.test(one.from);
    expect(builder.length).toBeGreaterThan(20);
    expect(breaking(builder, allowed)).toEqual([]);
  });

  it('the browser is given nothing but the theme', () => {
    expect(theme.length).toBeGreaterThan(10);
    expect(breaking(theme, (one) => one.from.startsWith('.'))).toEqual([]);
  });
});

describe('all sources', () => {
  it('do not import each other in circles', () => {
    expect(cyclesOf([...codec, ...generator, ...generated, ...builder, ...theme])).toEqual([]);
  });

  it('take platform modules only in the generator', () => {
    expect(breaking([...codec, ...generated], (one) => !one.from.startsWith('node:'))).toEqual([]);
  });

  it('have at most 500 lines', () => {
    const written = [
      ...codec,
      ...generator,
      ...builder,
      ...theme,
      ...sourcesBelow('test'),
      ...sourcesBelow('bench'),
    ].filter(({ path }) => !/\/(generated|node_modules)\/|golden\/files/.test(path));
    const long = written.filter(({ text }) => text.split('\n').length > 500);
    expect(long.map(({ path }) => path)).toEqual([]);
  });
});
