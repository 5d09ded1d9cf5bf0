import { describe, expect, it } from 'vitest';
import { createIndex } from '../../../../docs-site/theme/client/search/entries.js';
import { search } from '../../../../docs-site/theme/client/search/score.js';
import { KINDS, realSymbols } from './symbols.js';

const file = realSymbols();
const index = createIndex(file);

function names(query: string): string[] {
  return search(index, query, 30).map(({ entry }) => entry.name);
}

/** Query and what must come first. */
const FIRST: readonly (readonly [query: string, name: string])[] = [
  // The table of the research.
  ['sendEncrypted', 'messages.sendEncrypted'],
  ['messages.sendenc', 'messages.sendEncrypted'],
  ['secret chat', 'Secret chats'],
  ['CHAT_ID_INVALID', 'CHAT_ID_INVALID'],
  ['44fa7a15', 'messages.sendEncrypted'],
  ['0x44fa7a15', 'messages.sendEncrypted'],
  ['44fa', 'messages.sendEncrypted'],
  ['sndencrypted', 'messages.sendEncrypted'],
  ['flood wait', 'FLOOD_WAIT_%d'],
  // Ids.
  ['#44fa7a15', 'messages.sendEncrypted'],
  ['0X44FA7A15', 'messages.sendEncrypted'],
  ['  44FA7A1 ', 'messages.sendEncrypted'],
  // Names in every spelling.
  ['messages.sendEncrypted', 'messages.sendEncrypted'],
  ['MESSAGES.SENDENCRYPTED', 'messages.sendEncrypted'],
  ['sendenc', 'messages.sendEncrypted'],
  ['send encrypted', 'messages.sendEncrypted'],
  ['send_encrypted', 'messages.sendEncrypted'],
  ['messages sendEncrypted', 'messages.sendEncrypted'],
  ['encrypted send', 'messages.sendEncrypted'],
  ['sEnc', 'messages.sendEncrypted'],
  ['getFulCh', 'messages.getFullChat'],
  ['InputEncryptedChat', 'InputEncryptedChat'],
  ['inputEncryptedChat', 'inputEncryptedChat'],
  ['User', 'User'],
  ['user', 'user'],
  ['Message', 'Message'],
  ['message', 'message'],
  ['decryptedMessage', 'decryptedMessage'],
  ['decryptedMessage_17', 'decryptedMessage_17'],
  // Errors.
  ['FLOOD_WAIT_42', 'FLOOD_WAIT_%d'],
  ['FLOOD_WAIT_X', 'FLOOD_WAIT_%d'],
  ['flood_wait_%d', 'FLOOD_WAIT_%d'],
  ['FLOOD_WAIT', 'FLOOD_WAIT_%d'],
  ['floodwait', 'FLOOD_WAIT_%d'],
  ['FILE_PART_3_MISSING', 'FILE_PART_%d_MISSING'],
  ['FILE_PART_0_MISSING', 'FILE_PART_0_MISSING'],
  ['file part 0 missing', 'FILE_PART_0_MISSING'],
  ['chat id invalid', 'CHAT_ID_INVALID'],
  ['phone migrate', 'PHONE_MIGRATE_%d'],
  // Guides and headings before descriptions.
  ['gramjs', 'Migrating from GramJS'],
  ['migrate from gramjs', 'Migrating from GramJS'],
  ['waiting when asked', 'Waiting when asked to'],
  ['TL language', 'The TL language'],
  // Words of descriptions.
  ['conversations newest', 'messages.getDialogs'],
  ['whether the reader is online', 'account.updateStatus'],
  // Typing errors.
  ['sendEncrytped', 'messages.sendEncrypted'],
  ['sendEncripted', 'messages.sendEncrypted'],
  ['messages.sendEncripted', 'messages.sendEncrypted'],
  ['mesages.sendEncrypted', 'messages.sendEncrypted'],
  ['mesages.sendEncripted', 'messages.sendEncrypted'],
  ['getDialgos', 'messages.getDialogs'],
  ['FLOD_WAIT', 'FLOOD_WAIT_%d'],
  ['inputEncrypetdCh', 'inputEncryptedChat'],
  ['scret chats', 'Secret chats'],
  ['msgsendenc', 'messages.sendEncrypted'],
];

describe('search', () => {
  it.each(FIRST)('%s → %s', (query, name) => {
    expect(names(query)[0]).toBe(name);
  });

  it('finds one id and nothing else', () => {
    expect(names('44fa7a15')).toEqual(['messages.sendEncrypted']);
    expect(names('0xffffff')).toEqual([]);
  });

  it('finds ids that begin with the digits, from three on', () => {
    expect(search(index, '0x44f', 30).every(({ entry }) => entry.code.startsWith('44f'))).toBe(
      true,
    );
    expect(names('0x44')).toEqual([]);
  });

  it('takes a word of hex digits for a name first', () => {
    const few = createIndex({
      kinds: KINDS,
      schemas: file.schemas,
      symbols: [
        [0, 0, 'help.getConfig', 'add01234', ''],
        [2, 0, 'ChatAddress', '', ''],
      ],
    });
    const found = (query: string): string[] =>
      search(few, query, 30).map(({ entry }) => entry.name);
    expect(found('add')).toEqual(['ChatAddress', 'help.getConfig']);
    expect(found('add0')).toEqual(['help.getConfig']);
    expect(found('0xadd')).toEqual(['help.getConfig']);
  });

  it('lists the errors of a code first', () => {
    const found = search(index, '420', 30);
    const errors = file.symbols.filter((row) => KINDS[row[0]] === 'error' && row[3] === '420');
    expect(errors.length).toBeGreaterThan(3);
    expect(new Set(found.slice(0, errors.length).map(({ entry }) => entry.name))).toEqual(
      new Set(errors.map((row) => row[2])),
    );
  });

  it('finds methods of a namespace', () => {
    const found = search(index, 'messages.', 30).map(({ entry }) => entry);
    expect(found[0]).toMatchObject({ kind: 'namespace', name: 'messages' });
    expect(found.slice(1).every((entry) => entry.lower.startsWith('messages.'))).toBe(true);
  });

  it('puts the main schema before others, methods before constructors before types', () => {
    const order = search(index, 'message', 200).filter(({ score }) => score === 900);
    const ranks = order.map(({ entry }) => entry.order);
    expect(ranks.length).toBeGreaterThan(50);
    expect(ranks).toEqual([...ranks].sort((left, right) => left - right));
  });

  it('answers nothing to nothing', () => {
    for (const query of ['', '  ', '#', '0x', '.', '%']) expect(names(query)).toEqual([]);
    expect(names('qqqqzzzzqqqq')).toEqual([]);
  });

  it('is the same in any order of rows', () => {
    const turned = createIndex({ ...file, symbols: [...file.symbols].reverse() });
    for (const query of ['send', 'sndencrypted', '420', 'secret chat', 'get users'])
      expect(search(turned, query, 30).map(({ entry }) => entry.path)).toEqual(
        search(index, query, 30).map(({ entry }) => entry.path),
      );
  });
});
