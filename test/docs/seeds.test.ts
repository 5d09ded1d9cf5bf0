import { describe, expect, it } from 'vitest';
import { cellsOf, markdownPage, section, type MarkdownPage } from './content.js';

/**
 * What pages of other libraries told about these methods, section by section, and what became of it here: `ours` (told as
 * well), `corrected` or `dropped`, each of these two with the reason.
 */
interface SeedSection {
  readonly section: string;
  readonly became: 'ours' | 'corrected' | 'dropped';
  readonly why?: string;
  readonly check: (page: MarkdownPage) => void;
}

const rows = (page: MarkdownPage, heading: string): string[][] =>
  section(page, heading)
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .slice(2)
    .map(cellsOf);

const row = (page: MarkdownPage, heading: string, name: string): string[] => {
  const found = rows(page, heading).find((cells) => cells.some((cell) => cell.includes(name)));
  if (found === undefined) throw new Error(`${page.path} has no row ${name}`);
  return found;
};

/** Code and description of an error, whose name is linked to its page. */
const throws = (page: MarkdownPage, name: string, code: string, description: RegExp): void => {
  const [number, type = '', words = ''] = row(page, 'Errors', `/${name}.md`);
  expect(number).toBe(code);
  expect(type).toContain(`../errors/${name}.md`);
  expect(words).toMatch(description);
};

const has = (text: string) => (page: MarkdownPage) => {
  expect(page.body).toContain(text);
};
const lacks = (text: RegExp) => (page: MarkdownPage) => {
  expect(page.body).not.toMatch(text);
};

const SEND_2018: readonly SeedSection[] = [
  {
    section: 'title and description in front matter',
    became: 'ours',
    check: ({ front }) => {
      expect(front['title']).toBe('messages.sendEncrypted');
      expect(front['description']).not.toBe('');
    },
  },
  { section: 'heading', became: 'ours', check: has('\n# messages.sendEncrypted\n') },
  { section: 'link to the index of methods', became: 'ours', check: has('](index.md)') },
  {
    section: 'parameter peer: what is accepted beside InputEncryptedChat',
    became: 'ours',
    check: (page) => {
      const [, type, required] = row(page, 'Parameters', '`peer`');
      expect(type).toMatch(
        /^Secret chat id, .*Update.*EncryptedMessage.* \[InputEncryptedChat\]\(/,
      );
      expect(required).toBe('Yes');
    },
  },
  {
    section: 'parameter message: a DecryptedMessage',
    became: 'corrected',
    why: 'the method itself takes encrypted bytes; the call that takes a message is named above',
    check: (page) => {
      expect(rows(page, 'Parameters').map(([name]) => name)).toEqual([
        '`silent`',
        '`peer`',
        '`random_id`',
        '`data`',
      ]);
      expect(page.body).toMatch(/> \*\*A better way:\*\* `chat\.sendText`/);
      expect(row(page, 'Parameters', '`data`').join()).toContain(
        'secret/types/DecryptedMessage.md',
      );
    },
  },
  {
    section: 'parameter random_id, hidden there',
    became: 'corrected',
    why: 'it is a parameter; it is filled in only by client.api',
    check: (page) => {
      expect(row(page, 'Parameters', '`random_id`')).toContain('Filled in');
    },
  },
  {
    section: 'return type',
    became: 'ours',
    check: (page) => {
      expect(section(page, 'Result')).toContain(
        '[messages.SentEncryptedMessage](../types/messages.SentEncryptedMessage.md)',
      );
    },
  },
  {
    section: 'bots: yes',
    became: 'corrected',
    why: 'the data says users only; source and date stand beside it',
    check: (page) => {
      expect(page.front['callers']).toBe('user');
      expect(section(page, 'Who may call it')).toMatch(/Users only[\s\S]*\d{4}-\d\d-\d\d/);
    },
  },
  {
    section: 'example in PHP',
    became: 'corrected',
    why: 'in the languages of this library, and so that it compiles',
    check: (page) => {
      expect(section(page, 'Example')).toContain('new messages.SendEncryptedRequest({');
    },
  },
  {
    section: 'HTTP API example',
    became: 'dropped',
    why: 'the service is gone; a gateway of our own comes later',
    check: lacks(/pwrtelegram|POST\/GET/i),
  },
  {
    section: 'Lua example',
    became: 'dropped',
    why: 'the Lua binding comes later',
    check: lacks(/lua/i),
  },
  {
    section: 'return value: messages beyond 4096 are split',
    became: 'dropped',
    why: 'wrong: secret messages are encrypted whole',
    check: lacks(/4096|chunks/),
  },
  {
    section: 'errors with description',
    became: 'ours',
    check: (page) => {
      throws(page, 'CHAT_ID_INVALID', '400', /chat id is invalid/);
      throws(page, 'DATA_INVALID', '400', /data invalid/i);
      throws(page, 'ENCRYPTION_DECLINED', '400', /declined/);
    },
  },
  {
    section: 'error MSG_WAIT_FAILED',
    became: 'corrected',
    why: 'its code is 500 in the data of today',
    check: (page) => {
      throws(page, 'MSG_WAIT_FAILED', '500', /waiting call/);
    },
  },
];

const REQUEST_2019: readonly SeedSection[] = [
  {
    section: 'title and description in front matter',
    became: 'ours',
    check: ({ front }) => {
      expect(front['title']).toBe('messages.requestEncryption');
      expect(front['description']).toMatch(/secret chat/);
    },
  },
  {
    section: 'image in front matter',
    became: 'dropped',
    why: 'it was the logo of the other library',
    check: ({ front }) => {
      expect(front).not.toHaveProperty('image');
    },
  },
  { section: 'heading', became: 'ours', check: has('\n# messages.requestEncryption\n') },
  { section: 'link to the index of methods', became: 'ours', check: has('](index.md)') },
  {
    section: 'parameter user_id: optional',
    became: 'corrected',
    why: 'the schema requires it',
    check: (page) => {
      const [, type, required] = row(page, 'Parameters', '`user_id`');
      expect(type).toMatch(/^Username, .*user id.*Update.*Message.* \[InputUser\]\(/);
      expect(required).toBe('Yes');
    },
  },
  {
    section: 'parameter g_a',
    became: 'ours',
    check: (page) => {
      const [, type, required, words] = row(page, 'Parameters', '`g_a`');
      expect(type).toContain('[bytes](../types/bytes.md)');
      expect(required).toBe('Yes');
      expect(words).toMatch(/`A = g \^ a mod p`.*\[Wikipedia\]\(https:/);
    },
  },
  {
    section: 'parameter random_id, hidden there',
    became: 'corrected',
    why: 'it is a parameter, and the id of the chat as well',
    check: (page) => {
      expect(row(page, 'Parameters', '`random_id`')).toContain('Filled in');
    },
  },
  {
    section: 'return type',
    became: 'ours',
    check: (page) => {
      expect(section(page, 'Result')).toContain('[EncryptedChat](../types/EncryptedChat.md)');
    },
  },
  {
    section: 'bots: no',
    became: 'ours',
    check: ({ front }) => {
      expect(front['callers']).toBe('user');
    },
  },
  {
    section: 'note: now async',
    became: 'dropped',
    why: 'everything here is',
    check: lacks(/async for huge/),
  },
  {
    section: 'example in PHP, bare words for values',
    became: 'corrected',
    why: 'it compiles and encodes',
    check: (page) => {
      expect(section(page, 'Example')).toMatch(
        /new messages\.RequestEncryptionRequest\(\{\s+userId: new base\.InputUser\(/,
      );
    },
  },
  {
    section: 'Lua example',
    became: 'dropped',
    why: 'the Lua binding comes later',
    check: lacks(/lua/i),
  },
  {
    section: 'errors with code, type and description',
    became: 'ours',
    check: (page) => {
      throws(page, 'DH_G_A_INVALID', '400', /g\\?_a invalid/);
      throws(page, 'USER_ID_INVALID', '400', /user ID is invalid/);
    },
  },
];

const SEND_GRAMJS: readonly SeedSection[] = [
  { section: 'heading', became: 'ours', check: has('\n# messages.sendEncrypted\n') },
  {
    section: 'description',
    became: 'ours',
    check: ({ front }) => {
      expect(front['description']).toMatch(/text message to a secret chat/);
    },
  },
  {
    section: 'examples in tabs, JavaScript and TypeScript',
    became: 'corrected',
    why: 'theirs does not compile: `{...}`, a number for a long; the client is made elsewhere',
    check: (page) => {
      const example = section(page, 'Example');
      expect(example).toMatch(
        /<!-- tabs -->[\s\S]*\*\*TypeScript\*\*[\s\S]*\*\*JavaScript\*\*[\s\S]*<!-- \/tabs -->/,
      );
      expect(example).toContain('silent: true,');
      expect(example).toMatch(/randomId: -?\d+n,/);
      expect(example).not.toContain('{...}');
    },
  },
  {
    section: 'TL schema: constructors of the result, then the method',
    became: 'ours',
    check: (page) => {
      for (const line of [
        'messages.sentEncryptedMessage#560f8935 date:int = messages.SentEncryptedMessage;',
        'messages.sentEncryptedFile#9493ff32 date:int file:EncryptedFile = messages.SentEncryptedMessage;',
        'messages.sendEncrypted#44fa7a15 flags:# silent:flags.0?true peer:InputEncryptedChat random_id:long data:bytes = messages.SentEncryptedMessage;',
      ])
        has(`${line}\n`)(page);
    },
  },
  {
    section: 'parameter flags',
    became: 'corrected',
    why: 'nobody gives it; its bits have a table',
    check: (page) => {
      expect(rows(page, 'Flag bits').map((cells) => cells.slice(0, 4))).toEqual([
        ['`flags`', '0', '`0x00000001`', '`silent`'],
      ]);
    },
  },
  {
    section: 'parameter silent: flags.0?true',
    became: 'ours',
    check: (page) => {
      const [, type, required, words] = row(page, 'Parameters', '`silent`');
      expect(type).toContain('[true](../types/true.md)');
      expect(required).toBe('No `flags.0`');
      expect(words).toMatch(/without a notification/);
    },
  },
  {
    section: 'parameters peer, random_id and data with links to types',
    became: 'ours',
    check: (page) => {
      for (const [name, type] of [
        ['`peer`', 'InputEncryptedChat'],
        ['`random_id`', 'long'],
        ['`data`', 'bytes'],
      ] as const)
        expect(row(page, 'Parameters', name)[1]).toContain(`[${type}](../types/${type}.md)`);
    },
  },
  {
    section: 'links that leave the site for core.telegram.org',
    became: 'corrected',
    why: 'every type has a page here',
    check: lacks(/core(fork)?\.telegram\.org\/(type|constructor|method)\//),
  },
  {
    section: 'result',
    became: 'ours',
    check: (page) => {
      expect(section(page, 'Result')).toMatch(
        /sentEncryptedMessage\.md[\s\S]*sentEncryptedFile\.md/,
      );
    },
  },
  {
    section: 'possible errors with code, type and description',
    became: 'ours',
    check: (page) => {
      throws(page, 'CHAT_ID_INVALID', '400', /chat id is invalid/);
      throws(page, 'DATA_INVALID', '400', /data invalid/i);
      throws(page, 'ENCRYPTION_DECLINED', '400', /declined/);
      throws(page, 'MSG_WAIT_FAILED', '500', /waiting call/);
    },
  },
  {
    section: 'bots: yes',
    became: 'corrected',
    why: 'the data says users only',
    check: ({ front }) => {
      expect(front['callers']).toBe('user');
    },
  },
  {
    section: 'related pages: DecryptedMessage, with what it is',
    became: 'ours',
    check: (page) => {
      expect(section(page, 'Related')).toMatch(
        /\[DecryptedMessage\]\(\.\.\/secret\/types\/DecryptedMessage\.md\): \w/,
      );
    },
  },
];

describe.each([
  ['messages.sendEncrypted, MadelineProto 2018', 'methods/messages.sendEncrypted.md', SEND_2018],
  [
    'messages.requestEncryption, MadelineProto 2019',
    'methods/messages.requestEncryption.md',
    REQUEST_2019,
  ],
  ['messages.sendEncrypted, GramJS', 'methods/messages.sendEncrypted.md', SEND_GRAMJS],
])('%s', (_, path, sections) => {
  it.each(sections)('$section: $became', ({ became, why, check }) => {
    if (became !== 'ours') expect(why).toBeTruthy();
    check(markdownPage(path));
  });
});
