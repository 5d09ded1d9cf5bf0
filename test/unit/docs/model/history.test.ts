import { describe, expect, it } from 'vitest';
import { ownSchema, schemaOf } from '../../../support/schemas.js';
import { OLDER, OLDEST, pageOf, pagesOf, SMALL_DOCS } from './small-set.js';

const older = [schemaOf(OLDER, 'older.tl'), schemaOf(OLDEST, 'oldest.tl')];
const pages = pagesOf({ ...SMALL_DOCS, older });

describe('history from older layers', () => {
  it('tells since when something is known', () => {
    expect(pageOf(pages, 'constructor', 'messageEmpty').history).toEqual({
      since: 1,
      notIn: null,
      removedIn: null,
      changes: [],
    });
    expect(pageOf(pages, 'constructor', 'box').history).toMatchObject({ since: 3, notIn: 2 });
  });

  it('tells what changed, and what of it breaks', () => {
    const { history } = pageOf(pages, 'method', 'test.send');
    expect(history).toMatchObject({ since: 2, notIn: 1, removedIn: null });
    expect(history?.changes).toHaveLength(1);
    expect(history?.changes[0]).toMatchObject({ layer: 3, from: 2, breaking: true });
    const added = history?.changes[0]?.changes.find(({ words }) => words.startsWith('`random_id`'));
    expect(added).toEqual({ words: '`random_id` added: `long`', breaking: true });
  });

  it('keeps a page of what is gone', () => {
    expect(pageOf(pages, 'method', 'test.forget')).toMatchObject({
      history: { since: 1, removedIn: 3 },
      examples: [],
      layer: 2,
    });
    expect(pageOf(pages, 'constructor', 'messageOld').history).toMatchObject({ removedIn: 3 });
    expect(pageOf(pages, 'type', 'OldBox')).toMatchObject({ history: { removedIn: 3 } });
    expect(pages.coverage.methods).toEqual([1, 4]);
  });

  it('has a page per layer that is known', () => {
    expect(pages.pages.filter(({ kind }) => kind === 'layer').map(({ name }) => name)).toEqual([
      '2',
      '3',
    ]);
    const page = pageOf(pages, 'layer', '3');
    expect(page).toMatchObject({ from: 2, to: 3, breaking: true, path: 'layers/3.md' });
    const methods = page.groups.find(({ what }) => what === 'methods');
    expect(methods?.removed).toMatchObject([
      { name: 'test.forget', breaking: true, ref: { path: 'methods/test.forget.md' } },
    ]);
    expect(methods?.added.map(({ name }) => name)).toEqual([
      'invokeAfter',
      'test.getMessages',
      'test.sendFile',
    ]);
    expect(methods?.changed.map(({ name }) => name)).toEqual(['test.send']);
    const types = page.groups.find(({ what }) => what === 'types');
    expect(types?.changed.map(({ name }) => name)).toContain('Message');
  });

  it('takes older layers in any order and leaves out what is not older', () => {
    const mixed = [SMALL_DOCS.schema, ...older.toReversed(), schemaOf('x#1 = X;')];
    expect(pagesOf({ ...SMALL_DOCS, older: mixed })).toEqual(pages);
  });

  it('sees something that came back as new', () => {
    const back = [schemaOf('// LAYER 1\na#1 = A;\nb#2 = B;'), schemaOf('// LAYER 2\nb#2 = B;')];
    const schema = schemaOf('// LAYER 3\na#1 = A;\nb#2 = B;');
    const set = pagesOf({ key: 'x', title: 'X', package: 'x', schema, older: back });
    expect(pageOf(set, 'constructor', 'a').history).toMatchObject({ since: 3, notIn: 2 });
  });
});

describe('layers of a layered schema', () => {
  const secret = pagesOf({
    key: 'secret',
    title: 'Secret',
    package: 's',
    schema: ownSchema('secret'),
  });

  it('show all forms of a constructor side by side', () => {
    const page = pageOf(secret, 'constructor', 'decryptedMessage_17');
    expect(page.variants.map(({ ref, since, until }) => [ref.name, since, until])).toEqual([
      ['decryptedMessage_8', 8, 16],
      ['decryptedMessage_17', 17, 44],
      ['decryptedMessage_45', 45, 72],
      ['decryptedMessage', 73, null],
    ]);
    expect(page.variantFields.find(({ name }) => name === 'ttl')?.types).toEqual([
      null,
      'int',
      'int',
      'int',
    ]);
    expect(page.variantFields.find(({ name }) => name === 'silent')?.types).toEqual([
      null,
      null,
      null,
      'flags.5?true',
    ]);
  });

  it('have a page each: what it brought and what it changed', () => {
    const page = pageOf(secret, 'layer', '17');
    expect(page).toMatchObject({ from: 8, to: 17 });
    const [group] = page.groups;
    expect(group?.added.map(({ name }) => name)).toContain('decryptedMessageLayer');
    expect(group?.changed.map(({ name }) => name)).toContain('decryptedMessage_17');
    expect(pageOf(secret, 'layer', '8').from).toBeNull();
  });
});
