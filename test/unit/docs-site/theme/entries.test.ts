import { describe, expect, it } from 'vitest';
import {
  createIndex,
  withoutNumbers,
  wordsOf,
} from '../../../../docs-site/theme/client/search/entries.js';

const index = createIndex({
  kinds: ['method', 'builtin', 'error', 'guide', 'namespace'],
  schemas: [
    { title: 'Telegram API', folder: '' },
    { title: 'Secret chats', folder: 'secret/' },
  ],
  symbols: [
    [0, 0, 'messages.sendMessage', '01234567', 'Sends.'],
    [1, 1, 'int', '', null],
    [2, 0, 'FLOOD_WAIT_%d', 420, 'Wait.'],
    [3, null, 'Waiting', '', 'How long.', 'guide/errors.md#waiting'],
    [4, 1, 'e2e.chain', '', ''],
  ],
});

describe('createIndex', () => {
  it('knows the path of every page, as a page of the site', () => {
    expect(index.entries.map((entry) => entry.path)).toEqual([
      'methods/messages.sendMessage.html',
      'secret/types/int.html',
      'errors/FLOOD_WAIT_%d.html',
      'guide/errors.html#waiting',
      'secret/namespaces/e2e.chain.html',
    ]);
  });

  it('names the schema of all but the main one', () => {
    expect(index.entries.map((entry) => entry.schema)).toEqual(['', 'Secret chats', '', '', 'Secret chats']); // prettier-ignore
  });
});

describe('wordsOf', () => {
  it.each([
    ['messages.sendEncrypted', ['messages', 'send', 'encrypted']],
    ['FLOOD_WAIT_%d', ['flood', 'wait']],
    ['inputCheckPasswordSRP', ['input', 'check', 'password', 'srp']],
    ['getCDNConfig', ['get', 'cdn', 'config']],
    ['req_pq_multi', ['req', 'pq', 'multi']],
  ])('%s', (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});

describe('withoutNumbers', () => {
  it.each([
    ['flood_wait_42', 'flood_wait'],
    ['flood wait 42', 'flood wait'],
    ['file_part_%d_missing', 'file_part_missing'],
    ['2fa_confirm_wait_%d', '2fa_confirm_wait'],
    ['max_wait', 'max_wait'],
  ])('%s → %s', (text, plain) => {
    expect(withoutNumbers(text)).toBe(plain);
  });
});
