import { describe, expect, it } from 'vitest';
import { render } from './places.js';

describe('headings', () => {
  it('get unique fragments and anchors; the title goes to the template', () => {
    const { html, context } = render('# Title\n\n## Used by\n\n### `flags.0`\n\n## Used by\n');
    expect(html).not.toContain('Title');
    expect(html).toContain(
      '<h2 id="used-by">Used by<a class="anchor" href="#used-by" aria-label="Link to this section">#</a></h2>',
    );
    expect(html).toContain('<h3 id="flags-0">');
    expect(html).toContain('<h2 id="used-by-2">');
    expect(context.contents.map(({ url }) => url)).toEqual(['#used-by', '#used-by-2']);
  });
});

describe('the links up', () => {
  const UP = 'Up: [Methods](index.md)\n\n';

  it('are left to the breadcrumb', () => {
    expect(render(`# Title\n\n${UP}Words.\n`).html).toBe('<p>Words.</p>\n');
  });

  it('are text anywhere else', () => {
    expect(render(`# Title\n\nWords.\n\n${UP}`).html).toContain('Up: ');
  });
});

describe('TL fences', () => {
  const SIGNATURE =
    '```tl signature\nmessages.setTyping#58943ee2 flags:# a:flags.0?Many = messages.SentEncryptedMessage;\n```\n';

  it('link names, mark flags and ids, and offer a copy', () => {
    const { html } = render(SIGNATURE);
    expect(html).toContain(
      '<div class="tl tl-signature"><button type="button" class="copy" data-copy>Copy</button><pre><code><span class="tl-line">',
    );
    expect(html).toContain(
      '<a class="tl-name" href="messages.setTyping.html">messages.setTyping</a>',
    );
    expect(html).toContain('<span class="tl-id">#58943ee2</span>');
    expect(html).toContain('<span class="tl-flag">flags.0?</span>');
    expect(html).toContain('<a class="tl-type" href="../types/Many.html">Many</a>');
  });

  it('hide the list of types behind a signature, and only there', () => {
    expect(render(`${SIGNATURE}\nTypes: [long](../types/long.md)\n\nMore.\n`).html).not.toMatch(
      /Types:/,
    );
    expect(render('Types: none\n').html).toContain('Types: none');
  });

  it('do not link a page to itself', () => {
    const { html } = render('```tl result\nmessages.sendEncrypted#44fa7a15 = Many;\n```\n');
    expect(html).toContain('<span class="tl-name">messages.sendEncrypted</span>');
    expect(html).toContain('tl tl-result');
  });

  it('find the form of a layer by its id', () => {
    const { html } = render(
      '```tl\n===8===\ndecryptedMessage#1f814f1f random_id:long = DecryptedMessage;\n```\n',
      { schema: 'secret' },
      'secret/constructors/decryptedMessage.md',
    );
    expect(html).toContain('href="decryptedMessage_8.html"');
    expect(html).toContain('<span class="tl-mark">===8===</span>\n</span>');
    expect(html, 'no page of another schema').toContain('<span class="tl-type">long</span>');
  });
});

describe('other fences', () => {
  it('are coloured and safe', () => {
    const { html } = render("```ts\nconst a = '<b>'; // &\n```\n");
    expect(html).toContain(
      '<code class="hljs language-ts"><span class="hljs-keyword">const</span>',
    );
    expect(html).toContain('<span class="hljs-string">\'&lt;b&gt;\'</span>');
    expect(html).toContain('<span class="hljs-comment">// &amp;</span>');
  });

  it('of guides are cut from files', () => {
    const { html, context } = render('```js file=examples/send.mjs#send\n```\n', { kind: 'guide' });
    expect(html.replace(/<[^>]*>/g, '')).toContain(
      'const text = &#x27;hello&#x27;;\n\nreturn text;',
    );
    expect(context.faults).toEqual([]);
  });

  it.each([
    ['examples/send.mjs#none', 'examples/send.mjs has no line "// docs: none"'],
    ['examples/send.mjs#open', 'examples/send.mjs has no "// docs: end" after "// docs: open"'],
    ['examples/none.mjs#a', 'there is no file examples/none.mjs'],
    ['../secret.mjs', '../secret.mjs is not below the repository'],
  ])('say what %s lacks, and where', (reference, fault) => {
    const { context } = render(`Words.\n\n\`\`\`js file=${reference}\n\`\`\`\n`, { kind: 'guide' });
    expect(context.faults).toEqual([`methods/messages.sendEncrypted.md:7: ${fault}`]);
  });
});

describe('tables', () => {
  const { html } = render(
    '## Errors\n\n| Code | Required | Words |\n| --- | --- | --- |\n| 400 | No `flags2.31` | a \\| b |\n| -503 | Filled in | – |\n| – | Yes | `flags.1` |\n',
  );

  it('scroll by themselves under the name of their section', () => {
    expect(html).toContain(
      '<div class="table" tabindex="0" role="region" aria-label="Errors"><table>',
    );
    expect(html).toContain('</table>\n</div>');
  });

  it('name the column in every cell', () => {
    expect(html.match(/<td data-label="Words"[ >]/g)).toHaveLength(3);
    expect(html).toContain('<td data-label="Words">a | b</td>');
  });

  it('colour codes and what is required', () => {
    expect(html).toContain('<td data-label="Code"><span class="pill code-400">400</span></td>');
    expect(html).toContain('<span class="pill code-503">-503</span>');
    expect(html).toContain('<td data-label="Code" class="none">–</td>');
    expect(html).toContain(
      '<span class="required no">No</span> <code class="flag">flags2.31</code>',
    );
    expect(html).toContain('<span class="required filled">Filled in</span>');
    expect(html).toContain('<span class="required yes">Yes</span>');
    expect(html).toContain('<td data-label="Words"><code>flags.1</code></td>');
  });
});

describe('tabs', () => {
  it('join list and panels, all of them readable without a script', () => {
    const { html, context } = render(
      '## Example\n\n<!-- tabs -->\n\n**TypeScript**\n\n```ts\na\n```\n\n**JavaScript**\n\nWords.\n\n<!-- /tabs -->\n\nEnd.\n',
    );
    expect(context.faults).toEqual([]);
    expect(html).toContain(
      '<div class="tabs" data-tabs="example"><div role="tablist" aria-label="Example">',
    );
    expect(html).toContain(
      '<button type="button" role="tab" id="tab-typescript" aria-controls="panel-typescript" aria-selected="true">TypeScript</button><button type="button" role="tab" id="tab-javascript" aria-controls="panel-javascript" aria-selected="false">JavaScript</button></div>',
    );
    expect(html).toContain(
      '<div role="tabpanel" id="panel-javascript" aria-labelledby="tab-javascript" data-title="JavaScript">\n<p>Words.</p>',
    );
    expect(html).not.toContain('hidden');
    expect(html).not.toContain('<strong>');
    expect(html.endsWith('</div>\n</div>\n<p>End.</p>\n')).toBe(true);
  });

  it.each([
    '<!-- tabs -->\n\n**A**\n\nWords.\n',
    '<!-- tabs -->\n\nWords.\n\n<!-- /tabs -->\n',
    '<!-- tabs -->\n\n<!-- /tabs -->\n',
    'Words.\n\n<!-- /tabs -->\n',
  ])('that are not whole are a fault: %j', (body) => {
    expect(render(body).context.faults).toHaveLength(1);
  });
});

describe('block quotes', () => {
  it('that begin with a bold word are notices', () => {
    const { html } = render('> **Removed:** gone.\n\n> Said by one.\n\n> **Better** so.\n');
    expect(html).toContain('<aside class="notice notice-removed" role="note">');
    expect(html).toContain('<aside class="notice notice-better" role="note">');
    expect(html).toMatch(/<blockquote>\n<p>Said by one.<\/p>\n<\/blockquote>/);
    expect(html.match(/<\/aside>/g)).toHaveLength(2);
  });
});

describe('lists', () => {
  const list = (items: number): string =>
    Array.from({ length: items }, (_, at) => `- item ${at}\n`).join('');

  it('of back-links are folded after 30 items', () => {
    const { html } = render(`## Used by\n\n### Methods\n\n${list(862)}`);
    const [shown = '', folded = ''] = html.split('<details class="more">');
    expect(shown.match(/<li>/g)).toHaveLength(30);
    expect(folded.match(/<li>/g)).toHaveLength(832);
    expect(folded).toContain('<summary>Show all 862</summary>\n<ul>');
    expect(html.match(/<ul>/g)).toHaveLength(html.match(/<\/ul>/g)?.length ?? -1);
  });

  it('that are short, or stand elsewhere, are not', () => {
    expect(render(`## Thrown by\n\n${list(30)}`).html).not.toContain('<details');
    expect(render(`## Thrown by\n\n${list(31)}`).html).toContain('<details');
    expect(render(`## Fields\n\n${list(31)}`).html).not.toContain('<details');
  });
});

describe('links', () => {
  it('lead to HTML pages, with their fragments', () => {
    const { html } = render('[a](../types/Many.md#used-by) [b](x.json)\n');
    expect(html).toContain('href="../types/Many.html#used-by"');
    expect(html).toContain('href="x.json"');
  });

  it('that leave the site are marked', () => {
    const { html } = render('[a](https://example.org/a.md)\n');
    expect(html).toContain('<a href="https://example.org/a.md" rel="noopener" class="outside">');
  });

  it.each([
    ['messages.sendEncrypted', 'methods/messages.sendEncrypted.html'],
    ['secret/decryptedMessage', 'secret/constructors/decryptedMessage.html'],
    ['secret/type/DecryptedMessage', 'secret/types/DecryptedMessage.html'],
    ['error/FLOOD_WAIT_%d', 'errors/FLOOD_WAIT_d.html'],
    ['type/long', 'types/long.html'],
    ['layer/227', 'layers/227.html'],
  ])('to tl:%s find the page', (reference, path) => {
    const { html, context } = render(`[a](tl:${reference})\n`, { kind: 'guide' }, 'guide/a.md');
    expect(context.faults).toEqual([]);
    expect(html).toContain(`href="../${path}"`);
  });

  it.each(['messages.sendNothing', 'nowhere/User', 'error/messages.sendEncrypted'])(
    'to tl:%s are a fault',
    (reference) => {
      const { context } = render(`[a](tl:${reference})\n`, { kind: 'guide' }, 'guide/a.md');
      expect(context.faults).toEqual([`guide/a.md: tl:${reference} leads nowhere`]);
    },
  );
});

it('HTML in Markdown is text', () => {
  expect(render('<script>alert(1)</script>\n').html).not.toContain('<script>');
});
