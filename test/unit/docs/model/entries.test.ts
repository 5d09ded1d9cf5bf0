import { describe, expect, it } from 'vitest';
import { buildPages } from '../../../../generator/src/docs/model/build-pages.js';
import { adviceOn } from '../../../../generator/src/docs/model/error-advice.js';
import { schemaOf } from '../../../support/schemas.js';
import { pageOf, pagesOf, SMALL_DOCS } from './small-set.js';

const small = pagesOf(SMALL_DOCS);
const texts = (parts: readonly { readonly text: string }[]): string =>
  parts.map(({ text }) => text).join('');

describe('a method page', () => {
  const send = pageOf(small, 'method', 'test.send');

  it('has head, line and class', () => {
    expect(send).toMatchObject({
      path: 'methods/test.send.md',
      title: 'test.send',
      description: 'Sends a `message`.',
      layer: 3,
      id: '00000010',
      namespace: 'test',
      className: 'test.SendRequest',
      tl: 'test.send#10 flags:# silent:flags.0?true peer:InputPeer random_id:long text:string = test.Sent;',
    });
  });

  it('tells what must be given, what is filled in and what is accepted', () => {
    const rows = send.fields.map((field) => [
      field.name,
      field.property,
      texts(field.type),
      field.tsType,
      field.required,
      field.flag && `${field.flag.word}.${field.flag.bit}`,
      field.accepts,
    ]);
    expect(rows).toEqual([
      ['silent', 'silent', 'true', 'boolean', 'no', 'flags.0', null],
      ['peer', 'peer', 'InputPeer', 'base.TypeInputPeer', 'yes', null, 'Username or id'],
      ['random_id', 'randomId', 'long', 'bigint', 'filled', null, null],
      ['text', 'text', 'string', 'string', 'yes', null, null],
    ]);
    expect(send.fields[2]?.filledWith).toBe('A fresh number');
    expect(send.fields[3]?.description).toBe('What to say');
  });

  it('links every type of its line once', () => {
    expect(send.types.map(({ text, ref }) => [text, ref?.path])).toEqual([
      ['#', 'types/nat.md'],
      ['true', 'types/true.md'],
      ['InputPeer', 'types/InputPeer.md'],
      ['long', 'types/long.md'],
      ['string', 'types/string.md'],
      ['test.Sent', 'types/test.Sent.md'],
    ]);
  });

  it('shows the constructors of its result, also within a vector', () => {
    expect(send.resultConstructors.map(({ name, tl }) => [name, tl])).toEqual([
      ['test.sent', 'test.sent#4 id:int = test.Sent;'],
    ]);
    const get = pageOf(small, 'method', 'test.getMessages');
    expect(texts(get.result)).toBe('Vector<Message>');
    expect(get.resultConstructors.map(({ name }) => name)).toEqual(['message', 'messageEmpty']);
  });

  it('has errors by code, callers and what to use instead', () => {
    expect(
      send.errors.map(({ name, code, description, ref }) => [name, code, description, ref?.path]),
    ).toEqual([
      ['PEER_INVALID', 400, 'No such peer.', 'errors/PEER_INVALID.md'],
      ['SLOW_WAIT_%d', 420, null, 'errors/SLOW_WAIT_X.md'],
    ]);
    expect(send.callers).toBe('user');
    expect(send.facts).toEqual({ source: 'a list', date: '2026-01-02' });
    expect(send.instead).toEqual([{ use: 'chat.send', words: 'It retries', pending: 'Soon' }]);
    expect(pageOf(small, 'method', 'test.sendFile').callers).toBe('unknown');
  });

  it('has other names of its parameters, and whether it reads mark-up', () => {
    expect(send.aliases).toEqual([
      { alias: 'chat_id', property: 'peer', accepts: null },
      { alias: 'quiet', property: 'silent', accepts: 'number' },
    ]);
    expect(pageOf(small, 'method', 'test.getMessages').aliases).toEqual([]);
    // It has no `message` and `entities`.
    expect(send.parseMode).toBe(false);
    const overlay = {
      substitutes: {},
      filled: [],
      instead: [],
      aliases: [{ alias: 'parse_mode', field: 'parseMode', methods: ['a.b'] }],
      parseMode: ['a.b'],
    };
    const text =
      'e#1 = E;\n---functions---\na.b#2 flags:# message:string entities:flags.0?Vector<E> = E;';
    const schema = schemaOf(text, 'marked.tl');
    const pages = pagesOf({ key: 'x', title: 'X', package: 'x', schema, overlay });
    const marked = pageOf(pages, 'method', 'a.b');
    expect(marked.parseMode).toBe(true);
    expect(marked.aliases).toEqual([{ alias: 'parse_mode', property: 'parseMode', accepts: null }]);
  });

  it('has no facts where there is no data', () => {
    const bare = pagesOf({ key: 'x', title: 'X', package: 'x', schema: SMALL_DOCS.schema });
    const page = pageOf(bare, 'method', 'test.send');
    expect(page).toMatchObject({ facts: null, errors: [], callers: 'unknown', instead: [] });
    expect(bare.pages.filter(({ kind }) => kind === 'error')).toEqual([]);
  });

  it('knows what is generic', () => {
    const page = pageOf(small, 'method', 'invokeAfter');
    expect(texts(page.result)).toBe('X');
    expect(page.fields.map(({ type }) => texts(type))).toEqual(['long', '!X']);
  });
});

describe('a constructor page', () => {
  const message = pageOf(small, 'constructor', 'message');

  it('groups fields by the bit they share', () => {
    expect(message.flagWords).toEqual([
      {
        name: 'flags',
        bits: [
          { bit: 1, mask: '0x00000002', fields: ['out', 'text'] },
          { bit: 24, mask: '0x01000000', fields: ['pinned'] },
        ],
      },
    ]);
  });

  it('is used where its type is, and where it is held bare', () => {
    const names = (list: readonly { readonly name: string }[]): string[] =>
      list.map(({ name }) => name);
    expect(names(message.usedBy.returnedBy)).toEqual(['test.getMessages']);
    expect(names(message.usedBy.containedIn)).toEqual(['box']);
    const peer = pageOf(small, 'type', 'InputPeer');
    expect(names(peer.usedBy.acceptedBy)).toEqual(['test.send', 'test.sendFile']);
    expect(names(peer.usedBy.containedIn)).toEqual(['message']);
  });
});

describe('pages of a schema', () => {
  it('are one for every item', () => {
    const { schema } = SMALL_DOCS;
    const count = (kind: string): number => small.pages.filter((page) => page.kind === kind).length;
    expect(count('method')).toBe(schema.methods.length);
    expect(count('constructor')).toBe(schema.constructors.length);
    expect(count('type')).toBe(schema.types.length);
    expect(count('error')).toBe(3);
    expect(new Set(small.pages.map(({ path }) => path.toLowerCase())).size).toBe(
      small.pages.length,
    );
  });

  it('have a page for each built-in type in use, and no other', () => {
    const builtins = small.pages.filter(({ kind }) => kind === 'builtin').map(({ name }) => name);
    expect(builtins).toEqual(['#', 'int', 'long', 'string', 'bytes', 'true', 'Vector', '!X']);
  });

  it('keep apart what differs only by case, or is called index', () => {
    const schema = schemaOf('aB#1 = Index;\nAb#2 = Index;\nindex#3 = Index;\n');
    const paths = pagesOf({ key: 'x', title: 'X', package: 'x', schema }).pages.map(
      ({ path }) => path,
    );
    expect(paths).toContain('constructors/aB.md');
    expect(paths).toContain('constructors/index2.md');
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(paths.length);
  });

  it('stand at the root for the first schema and in folders for the others', () => {
    const [first, second] = buildPages([SMALL_DOCS, { ...SMALL_DOCS, key: 'other' }]);
    expect(first?.pages[0]?.path).toMatch(/^methods\//);
    expect(second?.pages[0]?.path).toMatch(/^other\/methods\//);
    const refs = second?.pages.flatMap((page) => ('fields' in page ? page.types : []));
    expect(refs?.every(({ ref }) => ref?.path.startsWith('other/'))).toBe(true);
  });

  it('count what is described', () => {
    expect(small.coverage).toMatchObject({
      methods: [1, 4],
      constructors: [1, 6],
      types: [1, 4],
      errors: [1, 3],
    });
  });
});

describe('an error page', () => {
  it('says what to do and who throws it', () => {
    const page = pageOf(small, 'error', 'PEER_INVALID');
    expect(page).toMatchObject({ codes: [400], general: false, description: 'No such peer.' });
    expect(page.thrownBy.map(({ name }) => name)).toEqual(['test.send', 'test.sendFile']);
    expect(page.advice).toMatch(/Correct the parameter/);
    expect(pageOf(small, 'error', 'TIMEOUT')).toMatchObject({ general: true, codes: [503] });
  });
});

describe('advice on an error', () => {
  it('of several codes is one for each, unless its name tells', () => {
    expect(adviceOn('CHANNEL_PRIVATE', [400, 406]).split('\n')).toEqual([
      expect.stringMatching(/^\*\*400\*\*: Correct the request/),
      expect.stringMatching(/^\*\*406\*\*: Do not show/),
    ]);
    expect(adviceOn('PEER_ID_INVALID', [400, 406])).toMatch(/^Correct the parameter/);
    expect(adviceOn('RANDOM_ID_DUPLICATE', [400, 500])).not.toMatch(/try again/);
  });
});

describe('a set with odd names', () => {
  const text = `con#1 = Con;
com1.thing#2 = com1.Thing;
bare#3 = Bare;
holder#4 items:vector<bare> = Holder;
packed#7 data:bytes = Object;
answer#8 result:Object = Answer;
---functions---
constructor#5 = Con;
toString#6 = Con;
`;
  const errors = {
    source: '',
    date: '',
    methods: { toString: [{ name: 'A/../B C', code: 400 }] },
    callers: {},
  };
  const set = pagesOf({ key: 'odd', title: 'Odd', package: 'odd', schema: schemaOf(text), errors });

  it('has files that every system can hold, and links can name', () => {
    expect(pageOf(set, 'constructor', 'con').path).toBe('constructors/con_.md');
    expect(pageOf(set, 'type', 'Con').path).toBe('types/Con_.md');
    expect(pageOf(set, 'constructor', 'com1.thing').path).toBe('constructors/com1_.thing.md');
    expect(pageOf(set, 'method', 'constructor').path).toBe('methods/constructor.md');
    expect(pageOf(set, 'error', 'A/../B C').path).toBe('errors/A-..-B-C.md');
  });

  it('finds no errors of a method that only objects have', () => {
    expect(pageOf(set, 'method', 'constructor').errors).toEqual([]);
    expect(pageOf(set, 'method', 'toString').errors).toHaveLength(1);
  });

  it('counts what holds a constructor bare among the uses of its type', () => {
    const names = pageOf(set, 'type', 'Bare').usedBy.containedIn.map(({ name }) => name);
    expect(names).toEqual(['holder']);
  });

  it('counts uses of Object for what is one', () => {
    const { containedIn } = pageOf(set, 'constructor', 'packed').usedBy;
    expect(containedIn.map(({ name }) => name)).toEqual(['answer']);
  });
});

describe('related pages', () => {
  it('are of the same words', () => {
    const names = pageOf(small, 'method', 'test.send').related.map(({ name }) => name);
    expect(names).toContain('message');
    const schema = schemaOf(
      'a#1 = A;\n---functions---\nsendBigFile#2 = A;\nsendBigFileNow#3 = A;\ngetFile#4 = A;\nsendNothing#5 = A;\n',
    );
    const set = pagesOf({ key: 'x', title: 'X', package: 'x', schema });
    expect(pageOf(set, 'method', 'sendBigFile').related.map(({ name }) => name)).toEqual([
      'sendBigFileNow',
      'getFile',
    ]);
  });

  it('are also those that a description names, in any schema of the set', () => {
    const other = schemaOf('secretThing#1 = SecretThing;');
    const descriptions = {
      constructors: {},
      methods: {
        'test.sendFile': {
          fields: { file: 'A [SecretThing](https://core.telegram.org/type/SecretThing).' },
        },
      },
      types: {},
    };
    const [pages] = buildPages([
      { ...SMALL_DOCS, descriptions },
      { key: 'other', title: 'Other', package: 'other', schema: other },
    ]);
    const page = pageOf(pages as never, 'method', 'test.sendFile');
    expect(page.related.map(({ path }) => path)).toContain('other/types/SecretThing.md');
  });
});
