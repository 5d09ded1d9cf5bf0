import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { generate } from '../../../../generator/src/emit/generate.js';
import type { Overlay } from '../../../../generator/src/emit/options.js';
import { valueText } from '../../../../generator/src/emit/value-text.js';
import { PRETTIER_OPTIONS } from '../../../../generator/src/format/format-sources.js';
import { schemaOf } from '../../../support/schemas.js';

const SCHEMA = `// LAYER 5
inputPeerEmpty = InputPeer;
reply id:int = Reply;
entity = Entity;
keyboard = Keyboard;
single random_id:long = Single;
sent = Sent;
---functions---
msg.send flags:# no_page:flags.1?true peer:InputPeer reply_to:flags.0?Reply message:string random_id:long keyboard:flags.2?Keyboard entities:flags.3?Vector<Entity> = Sent;
msg.list offset_peer:InputPeer limit:int = Vector<Sent>;
msg.plain message:string = Sent;
run {X:Type} {O:Type} query:!X other:!O = X;
`;

const words = 'w';
const OVERLAY: Overlay = {
  substitutes: {
    InputPeer: { accepts: 'PeerLike', words },
    Keyboard: { accepts: 'ReplyMarkupLike', words },
    InputFile: { accepts: 'FileLike', words },
  },
  filled: [
    { field: 'random_id', type: 'long', fill: 'random', except: ['msg.x', 'msg.list'], words },
    { field: 'random_id', type: 'long', fill: 'random', constructors: ['single', 'gone'], words },
    { field: 'id', type: 'int', fill: 'random', constructors: ['gone'], words },
    { field: 'offset_peer', type: 'InputPeer', fill: 'empty', value: 'inputPeerEmpty', words },
    { field: 'limit', type: 'int', methods: ['msg.list'], fill: 'constant', value: 100, words },
    { field: 'limit', type: 'int', methods: ['msg.x'], fill: 'constant', value: 1, words },
  ],
  instead: [
    { use: 'client.list', words: 'It pages', methods: ['msg.list', 'msg.x'], pending: 'Soon' },
    { use: 'client.x', words, methods: ['msg.x'] },
  ],
  aliases: [
    { alias: 'chat_id', field: 'peer', methods: ['msg.send', 'msg.x'] },
    { alias: 'text', field: 'message', methods: ['msg.send', 'msg.plain'] },
    { alias: 'disable_page', field: 'no_page', methods: ['msg.send', 'msg.plain'] },
    { alias: 'reply_to_id', field: 'reply_to', accepts: 'number', methods: ['msg.send'] },
    { alias: 'parse_mode', field: 'parseMode', methods: ['msg.send', 'msg.plain'] },
    { alias: 'message', field: 'keyboard', methods: ['msg.send'] },
    { alias: 'chat_id', field: 'peer', methods: ['msg.x'] },
  ],
  parseMode: ['msg.send', 'msg.plain', 'msg.x'],
};

async function modules(overlay?: Overlay): Promise<ReadonlyMap<string, string>> {
  const { files } = await generate({ schema: schemaOf(SCHEMA), name: 'p', overlay });
  return files;
}

const text = (files: ReadonlyMap<string, string>, path: string): string => files.get(path) ?? '';

describe('the schema as a value', async () => {
  const files = await modules(OVERLAY);
  const source = text(files, 'src/generated/schema.ts');

  it('carries the type of its api, and the overlay as a client reads it', async () => {
    expect(source).toContain(
      'export const schema: ApiSchema<SchemaApi> = apiSchema(5, registry, overlay);',
    );
    const js = text(files, 'dist/generated/schema.js');
    const from = js.indexOf('{', js.indexOf('const overlay'));
    const literal = js.slice(from, js.indexOf('\n};', from) + 2);
    const overlay: unknown = new Function(`return ${literal}`)();
    expect(overlay).toEqual({
      substitutes: { InputPeer: 'PeerLike', Keyboard: 'ReplyMarkupLike' },
      filled: [
        { field: 'randomId', type: 'long', except: ['msg.list'], fill: 'random' },
        { field: 'randomId', type: 'long', constructors: ['single'], fill: 'random' },
        { field: 'offsetPeer', type: 'InputPeer', fill: 'empty', value: 'inputPeerEmpty' },
        { field: 'limit', type: 'int', methods: ['msg.list'], fill: 'constant', value: 100 },
      ],
      instead: [{ use: 'client.list', words: 'It pages', methods: ['msg.list'] }],
      aliases: [
        { alias: 'chat_id', field: 'peer', methods: ['msg.send'] },
        { alias: 'text', field: 'message', methods: ['msg.send', 'msg.plain'] },
        { alias: 'disable_page', field: 'noPage', methods: ['msg.send', 'msg.plain'] },
        { alias: 'reply_to_id', field: 'replyTo', methods: ['msg.send'] },
        { alias: 'parse_mode', field: 'parseMode', methods: ['msg.send', 'msg.plain'] },
        { alias: 'message', field: 'keyboard', methods: ['msg.send'] },
      ],
      parseMode: ['msg.send', 'msg.plain'],
    });
  });

  it('is plain without an overlay or without methods', async () => {
    const plain = text(await modules(), 'src/generated/schema.ts');
    expect(plain).toContain('export const schema: ApiSchema<SchemaApi> = apiSchema(5, registry);');
    expect(plain).not.toContain('overlay');
    const data = schemaOf('a = A;');
    const { files: made } = await generate({ schema: data, name: 'd', overlay: OVERLAY });
    const only = text(made, 'src/generated/schema.ts');
    expect(only).toContain('export const schema: ApiSchema = apiSchema(0, registry);');
    expect(only).not.toMatch(/overlay|SchemaApi/);
    expect(made.has('src/generated/api.ts')).toBe(false);
  });

  it.each(['schema', 'api'])('and %s.ts are laid out as prettier does it', async (name) => {
    const made = text(files, `src/generated/${name}.ts`);
    expect(await format(made, PRETTIER_OPTIONS)).toBe(made);
  });
});

describe('interface Api', async () => {
  const api = text(await modules(OVERLAY), 'src/generated/api.ts');
  const signatures = (name: string): string[] =>
    [...api.matchAll(new RegExp(`^    ${name}<[^]*?^    \\): .*;$`, 'gm'))].map(([all]) => all);

  it('answers nothing when nothing is wanted', () => {
    expect(signatures('list')).toEqual([
      `    list<O extends Options = Options>(
      parameters?: {
        offsetPeer?: PeerLike | undefined;
        limit?: number | undefined;
      },
      options?: KnownOptions<O, Options>,
    ): Promise<Answer<base.TypeSent[], O>>;`,
    ]);
  });

  it('keeps the type parameters of a method before its own', () => {
    expect(api).toContain('  run<X, O_, O extends Options = Options>(\n');
    expect(api).toContain('other: TlMethod<O_>;');
  });

  it('knows the names of the Bot API in a second signature, which is deprecated', () => {
    const [own, renamed] = signatures('send');
    expect(own).not.toMatch(/chat_id|parse_mode|disable_page|text/);
    expect(own).toContain('peer: PeerLike;');
    expect(own).toContain('parseMode?: ParseMode | undefined;');
    expect(renamed).toContain(`        disable_page?: boolean | undefined;
        reply_to_id?: number | undefined;
        parse_mode?: ParseMode | undefined;
      } & EitherName<'peer', 'chat_id', PeerLike> &
        EitherName<'message', 'text', string>,`);
    expect(renamed).not.toMatch(/^ {8}(?:peer|message)[?:]/m);
    expect(api).toContain(
      '@deprecated Names of the Bot API. Here `chat_id` is `peer`, `text` is `message`, `disable_page` is `noPage`, ' +
        '`reply_to_id` is `replyTo`, `parse_mode` is `parseMode`.',
    );
  });

  it('leaves out names and mark-up that a method has no use for', () => {
    const [own, renamed, ...more] = signatures('plain');
    expect(more).toEqual([]);
    expect(own).toContain('message: string;');
    expect(own).not.toContain('parseMode');
    expect(renamed).toContain("parameters: EitherName<'message', 'text', string>,");
    expect(renamed).not.toMatch(/disable_page|parse_mode/);
  });
});

describe('valueText', () => {
  it.each([
    [{}],
    [[]],
    ["it's", 1, true, ['a', 'b'], { a: 1 }],
    [{ 'a.b': 'c', $d: [{ e: 'f' }, { g: [] }], long: Array.from({ length: 30 }, String) }],
    [{ edge: ['x'.repeat(41), 'y'.repeat(41)], edges: ['x'.repeat(41), 'y'.repeat(41)] }],
  ])('lays out %j as prettier does', async (...values) => {
    for (const value of values) {
      const made = `const a = ${valueText(value, '', 'const a = ')};\n`;
      expect(await format(made, PRETTIER_OPTIONS)).toBe(made);
    }
  });
});
