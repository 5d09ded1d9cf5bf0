import { describe, expect, it } from 'vitest';
import { highlights } from '../../../../docs-site/theme/client/search/highlight.js';

/** The name with what is marked in brackets. */
function marked(name: string, query: string): string {
  return highlights(name, query).reduceRight(
    (text, [start, end]) => `${text.slice(0, start)}[${text.slice(start, end)}]${text.slice(end)}`,
    name,
  );
}

describe('highlights', () => {
  it.each([
    ['messages.sendEncrypted', 'sendenc', 'messages.[sendEnc]rypted'],
    ['messages.sendEncrypted', 'messages.send', '[messages.send]Encrypted'],
    ['messages.sendEncrypted', 'send encrypted', 'messages.[sendEncrypted]'],
    ['messages.sendEncrypted', 'encrypted send', 'messages.[send][Encrypted]'],
    ['messages.sendEncrypted', 'sEncr', 'messages.[s]end[Encr]ypted'],
    ['FLOOD_WAIT_%d', 'flood wait', '[FLOOD_WAIT]_%d'],
    ['FLOOD_WAIT_%d', 'FLOOD_WAIT_42', '[FLOOD_WAIT]_%d'],
    ['Secret chats', 'secret chat', '[Secret chat]s'],
    ['user', 'zzz', 'user'],
    ['user', '', 'user'],
  ])('%s, %s', (name, query, expected) => {
    expect(marked(name, query)).toBe(expected);
  });
});
