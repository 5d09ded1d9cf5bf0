import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { buildSite } from '../../../../docs-site/build/site/build-site.js';
import type { SymbolFile } from '../../../../docs-site/build/symbols.js';
import { places, TemporaryFolder } from './places.js';

const folders: TemporaryFolder[] = [];
const folder = (): string => {
  const made = new TemporaryFolder();
  folders.push(made);
  return made.path;
};
afterAll(() => folders.forEach((one) => one.remove()));

const filesOf = (out: string): Map<string, string> =>
  new Map(
    readdirSync(out, { recursive: true })
      .map(String)
      .filter((file) => statSync(join(out, file)).isFile())
      .sort()
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(out, file), 'latin1')]),
  );

describe('a build', () => {
  const out = folder();
  const built = buildSite(places, out);

  it('writes every page with its twins, data and assets', async () => {
    const figures = await built;
    const files = filesOf(out);
    for (const path of [
      'index.html',
      'methods/messages.sendEncrypted.html',
      'methods/messages.sendEncrypted.md',
      'methods/messages.sendEncrypted.json',
      'guide/start.html',
      'symbols.json',
      'symbols.js',
      'llms.txt',
      '404.html',
      'sitemap.xml',
      'favicon.svg',
      'assets/site.css',
      'assets/site.js',
      'assets/nav/telegram-constructor-base.js',
    ])
      expect([path, files.has(path)]).toEqual([path, true]);
    expect(figures.pages).toBe(
      [...files.keys()].filter((path) => /(?<!404)\.html$/.test(path)).length,
    );
    expect(figures.largest).toBe('types/Many.html');
    expect(files.get('llms.txt')).toContain('- [Layers](guide/layers.html): Which there are.');
  });

  it('is the same every time, and touches only what changed', async () => {
    await built;
    const again = folder();
    await buildSite(places, again);
    expect(filesOf(again)).toEqual(filesOf(out));
    const time = statSync(join(again, 'index.html')).mtimeMs;
    mkdirSync(join(again, 'old/er'), { recursive: true });
    writeFileSync(join(again, 'old/er/page.html'), '');
    writeFileSync(join(again, 'a-z.html'), '');
    await buildSite(places, again);
    expect(filesOf(again)).toEqual(filesOf(out));
    expect(existsSync(join(again, 'old'))).toBe(false);
    expect(statSync(join(again, 'index.html')).mtimeMs).toBe(time);
  });

  it('copies twins anew unless they are of the very same time, however new they are', async () => {
    const again = folder();
    await buildSite(places, again);
    const twin = join(again, 'methods/messages.sendEncrypted.md');
    const text = readFileSync(twin, 'utf8');
    const { mtimeMs, ctimeMs } = statSync(twin);
    await buildSite(places, again);
    expect(statSync(twin)).toMatchObject({ mtimeMs, ctimeMs });
    // As large as before and newer than its source, as from a cache.
    writeFileSync(twin, text.replace('e', 'f'));
    await buildSite(places, again);
    expect(readFileSync(twin, 'utf8')).toBe(text);
  });

  it('asks nothing of other servers', async () => {
    await built;
    for (const [path, text] of filesOf(out))
      if (/\.(html|css)$/.test(path))
        expect(text, path).not.toMatch(/(?:src|@import|url\()\s*=?["']?(?:https?:)?\/\//);
  });

  it('lets guides be found, their sections too', async () => {
    await built;
    const file = JSON.parse(readFileSync(join(out, 'symbols.json'), 'utf8')) as SymbolFile;
    const guides = file.symbols.filter(([kind]) => file.kinds[kind] === 'guide');
    expect(guides).toContainEqual([7, null, 'Layers', '', 'Which there are.', 'guide/layers.md']);
    expect(guides).toContainEqual([7, null, 'Old ones', '', 'Layers', 'guide/layers.md#old-ones']);
  });

  it('gives 404.html a base that holds at any depth', async () => {
    await built;
    expect(readFileSync(join(out, '404.html'), 'utf8')).toContain('<base href="/"><script>');
  });

  it('writes absolute addresses when it knows its own', async () => {
    const known = folder();
    await buildSite({ ...places, address: 'https://example.org/docs/' }, known);
    const files = filesOf(known);
    expect(files.get('sitemap.xml')).toContain(
      '<loc>https://example.org/docs/methods/messages.setTyping.html</loc>',
    );
    expect(files.get('index.html')).toContain(
      '<link rel="canonical" href="https://example.org/docs/index.html">',
    );
    expect(files.get('404.html')).toContain('<base href="/docs/">\n');
    expect(filesOf(out).get('sitemap.xml')).toContain('<loc>methods/messages.setTyping.html</loc>');
  });
});

describe('a build of faulty sources', () => {
  const broken = async (path: string, change: (text: string) => string): Promise<string[]> => {
    const root = folder();
    cpSync(places.root, root, { recursive: true });
    const file = join(root, path);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
    const its = { ...places, root, content: join(root, 'content'), guide: join(root, 'guide') };
    const error: unknown = await buildSite(its, folder()).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    return (error as { faults: string[] }).faults;
  };

  it.each([
    [
      'content/index.md',
      (text: string) => `${text}\n[a](types/Nothing.md)\n`,
      'index.html: types/Nothing.html leads to nothing',
    ],
    [
      'guide/layers.md',
      (text: string) => text.replace('## Old ones', '## Others'),
      'guide/start.html: layers.html#old-ones leads to no heading of guide/layers.html',
    ],
    [
      'guide/start.md',
      (text: string) => text.replace('#send', '#sent'),
      'guide/start.md:13: examples/send.mjs has no line "// docs: sent"',
    ],
    [
      'guide/start.md',
      (text: string) => text.replace('tl:messages.sendEncrypted', 'tl:messages.sendE'),
      'guide/start.md: tl:messages.sendE leads nowhere',
    ],
    [
      'content/symbols.json',
      (text: string) => text.replace('"errors/FLOOD_WAIT_d.md"', '"errors/no.md"'),
      'symbols.json: there is no page errors/no.md',
    ],
  ])('names what is wrong in %s', async (path, change, fault) => {
    expect(await broken(path, change)).toContain(fault);
  });
});
