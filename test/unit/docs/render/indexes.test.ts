import { describe, expect, it } from 'vitest';
import { renderPages } from '../../../../generator/src/docs/render/render-pages.js';
import type { ErrorPage, MethodPage, NamespacePage } from '../../../../generator/src/docs/types.js';
import { bodyOf, constructor, field, listed, method, ref, schemaPages, type } from './models.js';

const error = (name: string, codes: number[], general = false): ErrorPage => ({
  ...ref('error', name, 'main', name.replaceAll('%d', 'X')),
  kind: 'error',
  title: name,
  description: null,
  layer: 7,
  codes,
  general,
  advice: 'Wait.',
  thrownBy: [],
  facts: { source: 'data', date: '2026-01-02' },
});

const gone = { since: 3, notIn: null, removedIn: 7, changes: [] };
const form = (name: string, since: number, until: number | null) => ({
  ref: ref('constructor', name, 'secret'),
  id: '00000001',
  since,
  until,
});
const variants = [form('msg_3', 3, 4), form('msg', 5, null)];

const main = schemaPages([
  method('b.send', { description: 'Sends **it**, see [here »](https://a.b).' }),
  method('a.get', { fields: [field('x')] }),
  method('a.old', { description: 'Old.', history: gone }),
  constructor('user', { description: 'A user.' }),
  type('User', { description: 'Somebody.' }),
  error('WAIT_%d', [420, 400]),
  error('ANY', [500], true),
  {
    ...ref('builtin', '#', 'main', 'nat'),
    kind: 'builtin',
    title: '#',
    description: 'A number.',
    layer: 7,
    tsType: 'x',
    json: 'x',
    wire: 'x',
    usedBy: { returnedBy: [], acceptedBy: [], containedIn: [] },
  },
  {
    ...ref('namespace', '', 'main', 'base'),
    kind: 'namespace',
    title: 'base',
    description: 'x',
    layer: 7,
    methods: [],
    constructors: [listed('constructor', 'user', null)],
    types: [],
  },
]);
const secret = schemaPages(
  [
    constructor('msg', { ...ref('constructor', 'msg', 'secret'), variants }),
    constructor('msg_3', { ...ref('constructor', 'msg_3', 'secret'), variants }),
    ...[3, 5].map((to) => ({
      ...ref('layer', String(to), 'secret'),
      kind: 'layer' as const,
      title: `Layer ${to}`,
      description: null,
      layer: 5,
      from: to === 3 ? null : 3,
      to,
      breaking: to === 5,
      groups: [],
    })),
  ],
  { key: 'secret', title: 'Secret chats', folder: 'secret/', layer: 5, layers: [3, 5] },
);
const files = await renderPages([main, secret]);
const body = (path: string): string => bodyOf(files.get(path) ?? `no ${path}`);

describe('lists', () => {
  it('of methods are by namespace; what is gone stands last', () => {
    expect(body('methods/index.md')).toBe(`# Methods

Up: [Main API](../index.md)

2 methods of Main API, by namespace.

## a

- [a.get](a.get.md)

## b

- [b.send](b.send.md): Sends it.

## Removed

- [a.old](a.old.md): Old.`);
  });

  it('of errors are by code, with those of any method first', () => {
    expect(body('errors/index.md')).toBe(`# Errors

Up: [Main API](../index.md)

2 RPC errors of Main API, by code.

## General

Any method may answer with these.

- [ANY](ANY.md)

## 400

- [WAIT_%d](WAIT_X.md)

## 420

- [WAIT_%d](WAIT_X.md)

## 500

- [ANY](ANY.md)`);
  });

  it('of types hold the built-in ones', () => {
    expect(body('types/index.md')).toContain('## Built-in types\n\n- [#](nat.md): A number.');
  });

  it('of tasks lead from words to methods', () => {
    expect(body('tasks.md')).toBe(`# What do you want to do?

Up: [Main API](index.md)

Methods of Main API by what they do.

## S

- [Sends it.](methods/b.send.md) \`b.send\`

## Not described yet

- [a.get](methods/a.get.md)`);
  });

  it('of tasks are links whatever brackets the words have', async () => {
    const pages = schemaPages([method('a.get', { description: 'Gets [1] ]].' })]);
    const files = await renderPages([pages]);
    expect(files.get('tasks.md')).toContain('- [Gets \\[1\\] \\]\\].](methods/a.get.md) `a.get`');
  });

  it('A–Z hold everything by its own name', () => {
    expect(body('a-z.md')).toContain(
      '## U\n\n- [User](types/User.md) · type\n- [user](constructors/user.md) · constructor',
    );
    expect(body('a-z.md')).toContain('## G\n\n- [a.get](methods/a.get.md) · method');
  });

  it('of namespaces count', () => {
    expect(body('namespaces/index.md')).toContain('| [base](base.md) | 0 | 1 | 0 |');
  });

  it('of layers show which layer brought what', () => {
    const page = body('secret/layers/index.md');
    expect(page).toContain('- [Layer 5](5.md): nothing changed — **breaking**\n- [Layer 3]');
    expect(page).toContain(
      '| Constructor | [3](3.md) | [5](5.md) |\n| --- | --- | --- |\n| msg | [new](../constructors/msg_3.md) | [changed](../constructors/msg.md) |',
    );
    expect(files.has('layers/index.md')).toBe(false);
  });

  it('say what is not described', () => {
    const page = body('coverage.md');
    expect(page).toContain('| methods | 1 | 3 | 33.3 % |');
    expect(page).toContain('## Methods\n\n1 page.\n\n- [a.get](methods/a.get.md)');
    expect(page).toContain('## With fields that are not described\n\n1 page.\n\n- [a.get]');
    expect(page).not.toContain('a.old');
  });

  it('start at a first page that leads to the schemas', () => {
    expect(body('index.md')).toContain('| Main API | 7 | 2 | 1 | 1 | `main-api` |');
    expect(body('index.md')).toContain('| [Secret chats](secret/index.md) | 5 | 0 | 2 | 0 |');
    expect(body('index.md')).toContain('Data: data, of 2026-01-02.');
    expect(body('secret/index.md')).toContain('[at the root](../index.md)');
  });
});

describe('for machines', () => {
  it('symbols.json has a row per page', () => {
    const symbols = JSON.parse(files.get('symbols.json') ?? '') as {
      kinds: string[];
      schemas: object[];
      symbols: (string | number)[][];
    };
    expect(symbols.schemas[1]).toEqual({
      key: 'secret',
      title: 'Secret chats',
      folder: 'secret/',
      layer: 5,
    });
    const rows = symbols.symbols.map(([kind, ...row]) => [symbols.kinds[Number(kind)], ...row]);
    expect(rows).toHaveLength(main.pages.length + secret.pages.length);
    expect(rows).toContainEqual(['method', 0, 'b.send', '0000000f', 'Sends it.']);
    expect(rows).toContainEqual(['error', 0, 'WAIT_%d', '420,400', '', 'errors/WAIT_X.md']);
    expect(rows).toContainEqual(['builtin', 0, '#', '', 'A number.', 'types/nat.md']);
    expect(rows).toContainEqual(['namespace', 0, 'base', '', 'x']);
    expect(rows).toContainEqual(['constructor', 1, 'msg_3', '0000000f', '']);
  });

  it('llms.txt names every list and every method there is', () => {
    const text = files.get('llms.txt') ?? '';
    expect(text).toMatch(/^# Main API\n\n> Reference of Main API, layer 7/);
    for (const item of [
      '## Main API: methods',
      '- [b.send](methods/b.send.md): Sends it.',
      '- [A–Z](secret/a-z.md)',
      '- [msg](secret/constructors/msg.md)',
    ])
      expect(text).toContain(item);
    expect(text).not.toContain('a.old');
  });

  it('every page has a twin: its model, with paths for references', () => {
    const pages = [...files.keys()].filter((path) => path.endsWith('.md'));
    for (const path of pages) expect(files.has(path.replace(/md$/, 'json')), path).toBe(true);
    const [, page] = main.pages;
    const twin = JSON.parse(files.get('methods/a.get.json') ?? '') as MethodPage;
    expect(twin).toMatchObject({ kind: 'method', schema: 'main', path: 'methods/a.get.md' });
    expect(Object.keys(twin)).toEqual(Object.keys(page as object));
    expect(twin.fields[0]?.type).toEqual([{ text: 'int', ref: 'types/int.md' }]);
    const base = JSON.parse(files.get('namespaces/base.json') ?? '') as NamespacePage;
    expect(base.constructors).toEqual([
      { name: 'user', path: 'constructors/user.md', description: null },
    ]);
  });

  it('two runs give the same bytes', async () => {
    expect([...(await renderPages([main, secret]))]).toEqual([...files]);
  });

  it('two pages of one path are an error', async () => {
    await expect(renderPages([schemaPages([type('A'), type('A')])])).rejects.toThrow(/types\/A/);
  });
});
