import { describe, expect, it } from 'vitest';
import {
  parseFileId,
  parseUniqueFileId,
  printFileId,
  printUniqueFileId,
  uniqueOf,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import { PUBLISHED, PUBLISHED_UNIQUE } from './published.js';

describe('file ids that others published', () => {
  it.each(PUBLISHED)('$from: $id', ({ id, means, unique }) => {
    const parsed = parseFileId(id);
    expect(parsed).toMatchObject(means);
    expect(printFileId(parsed)).toBe(id);
    expect(printUniqueFileId(uniqueOf(parsed))).toBe(unique);
    expect(parseUniqueFileId(unique)).toEqual(uniqueOf(parsed));
  });

  it.each(PUBLISHED_UNIQUE)('unique id %s', (id, means) => {
    expect(parseUniqueFileId(id)).toEqual(means);
    expect(printUniqueFileId(means)).toBe(id);
  });

  it.each([
    // luckydonald/telegram_file_id tests/api_utils_tests.py: of 2015 to 2019, as the Bot API's clients had them then.
    ['photo', 'AgADBAAD_a4xG5EpaFJ9trmvgJ_jKUAtoBoABDqqHjBWUjhBIgkBAAEC'],
    ['photo', 'AgADAQADP7UxG8teKQICXFeh7eXaDtYD3ikABER9JkFQSzXqS6oAAgI'],
    ['voice', 'AwADBAADcwMAAhE1WFMeQwq5P_t28gI'],
    ['video', 'BAADBAADAgADpCP6CbTQbvd25YqQAg'],
    ['document', 'BQADBAADdggAAuIf-FAgXs_aELTd4wI'],
    ['sticker', 'CAADBAAD2AADfDCoCh1TJEHYmiHfAg'],
    ['audio', 'CQADBAAD-AADc7jIUkFI8kwZnWFDAg'],
    ['animation', 'CgADBAADIaEAAqobZAfVqgLO2giGbAI'],
    ['video-note', 'DQADAQADdgAD7HrwRIhNNhRczBGAAg'],
  ])('version 2, %s: %s', (type, id) => {
    const parsed = parseFileId(id);
    expect(parsed).toMatchObject({ version: 2, subVersion: 0, type, fileReference: undefined });
    expect(printFileId(parsed)).toBe(id);
    expect(printFileId(parseFileId(printFileId(parsed, { version: 4 })), { version: 2 })).toBe(id);
  });

  it('ids with padding are the same ids', () => {
    for (const { id } of PUBLISHED) {
      const padded = id.padEnd(Math.ceil(id.length / 4) * 4, '=');
      expect(parseFileId(padded)).toEqual(parseFileId(id));
    }
  });

  it('pictures and documents of one time are told apart from their thumbnails', () => {
    // pyrogram/pyrogram tests/test_file_id.py: the thumbnail of a document has the document's id.
    const document = parseFileId(
      'BQACAgIAAx0CAAGgr9AAAgmPX7b4UxbjNoFEO_L0I4s6wrXNJA8AAgQAA4GkuUm9FFvIaOhXWR4E',
    );
    const thumb = parseFileId(
      'AAMCAgADHQIAAaCv0AACCY9ftvhTFuM2gUQ78vQjizrCtc0kDwACBAADgaS5Sb0UW8ho6FdZIH3qihAAAwEAB3MAA_GeAQABHgQ',
    );
    expect(document).toMatchObject({ kind: 'document', id: 5312458109417947140n });
    expect(thumb).toMatchObject({ kind: 'photo', type: 'thumbnail', id: 5312458109417947140n });
    expect(uniqueOf(thumb)).not.toEqual(uniqueOf(document));
  });

  it.each([
    // pyrogram/pyrogram tests/test_file_id.py
    [
      'an unknown type',
      'RQACAgIAAx0CAAGgr9AAAgmPX7b4UxbjNoFEO_L0I4s6wrXNJA8AAgQAA4GkuUm9FFvIaOhXWR4E',
      /file type 69/,
    ],
    [
      'an unknown source',
      'AAMCAgADHQIAAaCv0AACCY9ftvhTFuM2gUQ78vQjizrCtc0kDwACBAADgaS5Sb0UW8ho6FdZIH3qihAAA6QBAAIeBA',
      /source 420/,
    ],
    // Written by a library that repeats the versions inside of the body: Telegram refuses it too.
    ['bytes after the end', 'BQADBAADQNKSZqjl5DcROGn_eu5JtgAEAgAEAg', /9 bytes too many/],
    // tgsnake: a sub-version of 32 in the layout of 31.
    [
      'the layout of another sub-version',
      'AQADBQADZq8xG6uF-FQAEAIAAyGEcyoBAANi-pbYnH388wAEIAQ',
      /20 bytes too many/,
    ],
  ])('%s is refused', (_, id, message) => {
    expect(() => parseFileId(id)).toThrow(message);
    expect(() => parseFileId(id)).toThrow(expect.objectContaining({ code: 'BAD_FILE_ID' }));
  });
});
