import { html as mtcute } from '@mtcute/html-parser';
import { describe, expect, it } from 'vitest';
import { HTMLParser } from 'telegram/extensions/html.js';
import { parseHtml, parseText, toHtml } from '../../../../packages/runtime/src/text/index.js';
import { shape } from './shape.js';

describe('HTML', () => {
  it.each([
    ['<b>bold</b>, <strong>bold</strong>', 'bold, bold', 'bold 0 4', 'bold 6 4'],
    ['<i>italic</i>, <em>italic</em>', 'italic, italic', 'italic 0 6', 'italic 8 6'],
    ['<u>underline</u>, <ins>u</ins>', 'underline, u', 'underline 0 9', 'underline 11 1'],
    ['<s>a</s>b<strike>c</strike>d<del>e</del>', 'abcde', 'strike 0 1', 'strike 2 1', 'strike 4 1'],
    [
      '<span class="tg-spoiler">a</span> <tg-spoiler>b</tg-spoiler>',
      'a b',
      'spoiler 0 1',
      'spoiler 2 1',
    ],
    [
      '<b>bold <i>italic bold <s>s</s> <u>u</u></i> bold</b>',
      'bold italic bold s u bold',
      'bold 0 25',
      'italic 5 15',
      'strike 17 1',
      'underline 19 1',
    ],
    [
      '<a href="http://www.example.com/">inline URL</a>',
      'inline URL',
      'textUrl 0 10 http://www.example.com/',
    ],
    ['<a href="tg://user?id=123456789">mention</a>', 'mention', 'textMention 0 7 123456789'],
    [
      '<a href="mention:5">a</a><a href="mention:@durov">b</a>',
      'ab',
      'textMention 0 1 5',
      'textMention 1 1 @durov',
    ],
    [
      '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>',
      '👍',
      'customEmoji 0 2 5368324170671202286',
    ],
    ['<emoji id="7">👍</emoji>', '👍', 'customEmoji 0 2 7'],
    ['<code>fixed</code>', 'fixed', 'code 0 5'],
    ['<pre>block</pre>', 'block', 'pre 0 5 '],
    ['<pre language="php">block</pre>', 'block', 'pre 0 5 php'],
    ['<pre><code class="language-python">block</code></pre>', 'block', 'pre 0 5 python'],
    ['<code class="language-fift"><pre>block</pre></code>', 'block', 'pre 0 5 fift'],
    ['<pre> <code class="language-fift">a</code></pre>', ' a', 'pre 0 2 '],
    ['<blockquote>a\nb</blockquote>', 'a\nb', 'blockquote 0 3 false'],
    ['<blockquote expandable>a\nb</blockquote>', 'a\nb', 'blockquote 0 3 true'],
    ['a<br>b<br/>c<BR />d', 'a\nb\nc\nd'],
    ['<p>one</p>\n<p>two</p>three', 'one\n\ntwo\n\nthree'],
    ['<p>one</p><b>two</b>', 'one\n\ntwo', 'bold 5 3'],
    ['  a  \n\t b ', '  a  \n\t b '],
    ['&lt;&gt;&amp;&quot;&apos;&nbsp;|&#60;&#x3C;&#128077;', '<>&"\'\u00a0|<<👍'],
    ['&ge;&laquo;&#12345678;&#0;&ltx', '&ge;&laquo;&#12345678;&#0;&ltx'],
    ['🏟 🏟<i>🏟 &gt;<b aba   =   caba>&lt🏟</b></i>', '🏟 🏟🏟 ><🏟', 'italic 5 7', 'bold 9 3'],
    ["🏟 🏟&lt;<i    aba  =  '&lt;&gt;&quot;'>a</>", '🏟 🏟<a', 'italic 6 1'],
    ["<a   href=  'telegram.org?&lt;'   > </a>", ' ', 'textUrl 0 1 telegram.org?<'],
    [
      '<a>telegram.org</a> <a>telegram org</a>',
      'telegram.org telegram org',
      'textUrl 0 12 telegram.org',
    ],
    ['<b></b>a<i></i>', 'a'],
    ['<b>a</b><b>b</b><b><b>c</b></b>', 'abc', 'bold 0 3'],
    ['<i><b> </b> <code> </code></i>', '   ', 'italic 0 3', 'bold 0 1', 'code 2 1'],
  ])('%s', (html, text, ...entities) => {
    expect(shape(parseHtml(html))).toEqual([text, ...entities]);
  });

  it.each([
    ['🏟 🏟&lt;<abac>', 9, /<abac>.*&lt;/],
    ['a < b', 2, /&lt;/],
    ['a <b', 2, /does not end/],
    ['<b>a', 0, /<\/b>/],
    ['<i>a</em>', 4, /<\/i>/],
    ['a</b>', 1, /ends nothing/],
    ['<b><i>a</b></i>', 7, /<\/i>/],
    ['<a href="x>a</a>', 8, /does not end/],
    ['<i   =aba>', 5, /without a name/],
    ['<span>a</span>', 0, /tg-spoiler/],
    ['<tg-emoji emoji-id="x">a</tg-emoji>', 0, /emoji/],
    ['<!-- a -->', 0, /no tag/],
    ['ab&#xDFDF;', 2, /surrogate/],
    ['<b>a</b', 4, /<\/b>/],
  ])('refuses %s at offset %i', (html, offset, message) => {
    const error: unknown = catchOf(() => parseHtml(html));
    expect(error).toMatchObject({ name: 'TextError', code: 'BAD_TEXT', offset });
    expect((error as Error).message).toMatch(message);
  });

  it('makes buttons of their links', () => {
    const html =
      'Hi<a href="buttonurl:https://a.b">One</a><a href="buttonurl:https://c.d">Two</a>' +
      '<a href="buttonurl:https://e.f:new">Three</a><b>!</b><a href="buttonurl://x.y">4</a>' +
      '<a href="buttonurl://https://z.z:same">5</a>';
    expect(parseHtml(html)).toEqual({
      text: 'Hi!',
      entities: [{ type: 'bold', offset: 2, length: 1 }],
      buttons: [
        [
          { text: 'One', url: 'https://a.b' },
          { text: 'Two', url: 'https://c.d' },
        ],
        [{ text: 'Three', url: 'https://e.f' }],
        [
          { text: '4', url: 'x.y' },
          { text: '5', url: 'https://z.z' },
        ],
      ],
    });
  });

  it('takes the mode by any name of it', () => {
    expect(parseText('<b>a</b>', 'HTML' as 'html').entities).toHaveLength(1);
    expect(() => parseText('a', 'bbcode' as 'html')).toThrow(/html, markdown, markdownv2/);
  });

  it('prints what it reads', () => {
    const html =
      '<blockquote expandable><b>a &lt; <i>b</i></b>\n<pre><code class="language-c&quot;">x</code></pre></blockquote>' +
      '<a href="https://a.b?c&amp;d">e</a><a href="tg://user?id=5">f</a><a href="mention:@g">g</a>' +
      '<tg-emoji emoji-id="9">👍</tg-emoji><code>h</code>';
    expect(toHtml(parseHtml(html))).toBe(html);
  });

  it.each([
    'plain <b>bold <i>both</i></b> <u>u</u> <s>s</s> <code>c</code>',
    '<b>👍 <a href="https://x.y/?a=1&amp;b=2">link</a></b> <tg-spoiler>x</tg-spoiler>',
    'a<br>b <pre language="ts">let x</pre> <blockquote>q</blockquote>',
    '<a href="tg://user?id=777">u</a> <tg-emoji emoji-id="123">👍</tg-emoji>',
  ])('reads as mtcute does: %s', (html) => {
    const theirs = mtcute(html) as { text: string; entities?: Theirs[] };
    const ours = parseHtml(html);
    expect(ours.text).toBe(theirs.text);
    expect(places(ours.entities)).toEqual(places(theirs.entities ?? []));
  });

  it.each([
    'Hello <strong>world</strong>',
    'Hello <em>world</em> <code>c</code> <pre>p</pre> <del>d</del>',
    'Hello <a href="https://hello.world">world</a>',
    'Hello <strong><em>world</em></strong> 👍<u>x</u>',
  ])('reads as GramJS does: %s', (html) => {
    const [text, entities] = HTMLParser.parse(html);
    const ours = parseHtml(html);
    expect(ours.text).toBe(text);
    expect(places(ours.entities)).toEqual(places(entities as unknown as Theirs[]));
  });
});

interface Theirs {
  readonly offset: number;
  readonly length: number;
}

function places(entities: readonly Theirs[]): string[] {
  return entities.map((one) => `${one.offset}+${one.length}`).sort();
}

function catchOf(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
