import { describe, expect, it } from 'vitest';
import {
  blockProse,
  inlineProse,
  type ProseLinks,
} from '../../../../generator/src/docs/render/prose.js';
import { constructor, rendered, schemaPages, type, bodyOf, method, field, ref } from './models.js';

const PAGES: Record<string, string> = {
  InputPeer: '../types/InputPeer.md',
  'messages.send': 'messages.send.md',
  user: '../constructors/user.md',
};
const LINKS: ProseLinks = {
  named: (name) => PAGES[name] ?? null,
  page: (_, name) => PAGES[name] ?? null,
};
const inline = (text: string): string => inlineProse(text, LINKS);

describe('descriptions', () => {
  it('link names with a dot or a capital inside, and nothing else that is bare', () => {
    expect(inline('The user of InputPeer, see messages.send.')).toBe(
      'The user of [InputPeer](../types/InputPeer.md), see [messages.send](messages.send.md).',
    );
    expect(inline('InputPeers, MyInputPeer and messages.sender')).toBe(
      'InputPeers, MyInputPeer and messages.sender',
    );
    expect(inline('https://x.y/InputPeer')).toBe('https://x.y/InputPeer');
  });

  it('link every exact name in backticks', () => {
    expect(inline('a `user` and `users`')).toBe('a [`user`](../constructors/user.md) and `users`');
  });

  it('keep links, but never put one within another', () => {
    expect(inline('[the `user` of InputPeer](https://a.b/c_(d))')).toBe(
      '[the `user` of InputPeer](https://a.b/c_(d))',
    );
  });

  it('lead to pages of the set instead of to the same pages elsewhere', () => {
    expect(inline('[it](https://core.telegram.org/type/InputPeer)')).toBe(
      '[it](../types/InputPeer.md)',
    );
    expect(inline('[it](https://corefork.telegram.org/type/Other)')).toBe(
      '[it](https://corefork.telegram.org/type/Other)',
    );
  });

  it('drop links that lead nowhere from here, images and scripts', () => {
    expect(inline('[a](/api/x) [b](#c) [d](javascript:alert) ![e](https://x.y/z.png)')).toBe(
      'a b d [e](https://x.y/z.png)',
    );
  });

  it('make no image of a link behind an exclamation mark, nor text behind a backslash', () => {
    expect(inline('!InputPeer !`user` a\\InputPeer hey!')).toBe(
      '\\![InputPeer](../types/InputPeer.md) \\![`user`](../constructors/user.md) a\\\\[InputPeer](../types/InputPeer.md) hey!',
    );
  });

  it('keep bold and italics, and neutralise HTML and half marks', () => {
    expect(inline('**bold InputPeer** *it* <b>x</b> 2*3 [x] `y')).toBe(
      '**bold [InputPeer](../types/InputPeer.md)** *it* &lt;b>x&lt;/b> 2\\*3 \\[x] \\`y',
    );
  });

  it('are paragraphs, whatever their lines begin with', () => {
    expect(blockProse('# Title\n- one\n\n\n1. two\n**three**', LINKS)).toBe(
      '\\# Title\n\n\\- one\n\n1\\. two\n\n**three**',
    );
  });
});

describe('names', () => {
  const secret = schemaPages(
    [
      constructor('decryptedMessage', ref('constructor', 'decryptedMessage', 'secret')),
      type('User', ref('type', 'User', 'secret')),
    ],
    { key: 'secret', folder: 'secret/' },
  );

  it('mean a page of the same schema first, then of another', async () => {
    const description = 'A `User` with decryptedMessage and `FLOOD_WAIT_X`';
    const page = method('send', { description, fields: [field('b', { description })] });
    const body = bodyOf(await rendered('methods/send.md', [page, type('User')], secret));
    const linked =
      'A [`User`](../types/User.md) with [decryptedMessage](../secret/constructors/decryptedMessage.md) and `FLOOD_WAIT_X`';
    expect(body).toContain(`\n\n${linked}\n\n`);
    expect(body).toContain(`| ${linked} |`);
  });

  it('mean a field where the page has one of that name, and never the page itself', async () => {
    const description = 'Of `message` and `send`';
    const page = method('send', { description, fields: [field('message')] });
    const body = bodyOf(await rendered('methods/send.md', [page, constructor('message')]));
    expect(body).toContain(description);
  });
});
