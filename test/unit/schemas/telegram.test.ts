import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { layerText } from '../../../schemas/rebuild/layers.mjs';
import { type Line, readLines, renderLine } from '../../../schemas/rebuild/line.mjs';
import { findPackage, schemasFolder } from '../../../schemas/rebuild/packages.mjs';
import { telegramSchema } from '../../../schemas/rebuild/telegram.mjs';

interface Filled {
  field: string;
  type: string;
  methods?: string[];
  except?: string[];
  constructors?: string[];
  each?: string;
  fill: string;
  value?: unknown;
}
interface Alias {
  alias: string;
  field: string;
  accepts?: string;
  methods: string[];
}
interface Overlay {
  substitutes: Record<string, { accepts: string; words: string }>;
  filled: Filled[];
  instead: { use: string; words: string; methods: string[] }[];
  aliases: Alias[];
  parseMode: string[];
}
interface Errors {
  errors: Record<string, string[]>;
  general: Record<string, string[]>;
  methods: Record<string, Record<string, string[]>>;
  callers: Record<string, string>;
}

const read = (file: string) => readFileSync(join(schemasFolder, 'telegram', file), 'utf8');
const text = read('api.tl');
const lines = readLines(text);
const methods = new Map(
  lines.filter(({ kind }) => kind === 'method').map((line) => [line.name, line]),
);
const constructors = new Map(
  lines.filter(({ kind }) => kind === 'constructor').map((line) => [line.name, line]),
);

describe('api.tl', () => {
  it('is what the npm package teleproto holds', () => {
    const folder = findPackage('teleproto');
    expect(folder).not.toBeNull();
    expect(telegramSchema(folder!)).toBe(text);
  });

  it('says of ids known from layer 227 the same, but for added true flags', () => {
    const isTrueFlag = (field: string) => /:flags2?\.\d+\?true$/.test(field);
    const withoutTrueFlags = (line: Line) =>
      renderLine({ ...line, fields: line.fields.filter((field) => !isTrueFlag(field)) });
    const older = new Map(readLines(layerText(227)).map((line) => [line.id, line]));
    const shared = lines.filter((line) => older.has(line.id));
    expect(shared.length).toBeGreaterThan(2300);
    for (const line of shared) {
      const before = older.get(line.id)!;
      expect(withoutTrueFlags(line)).toBe(withoutTrueFlags(before));
      expect(line.fields).toEqual(expect.arrayContaining(before.fields.filter(isTrueFlag)));
    }
  });
});

describe('overlay.json', () => {
  const overlay = JSON.parse(read('overlay.json')) as Overlay;
  const types = new Set([...constructors.values()].map(({ result }) => result));

  it('names only types and methods there are', () => {
    expect(Object.keys(overlay.substitutes).filter((type) => !types.has(type))).toEqual([]);
    const named = [
      ...overlay.instead,
      ...overlay.aliases,
      { methods: overlay.parseMode },
      ...overlay.filled.map(({ methods: m = [], except = [] }) => ({ methods: [...m, ...except] })),
    ];
    expect(named.flatMap((row) => row.methods).filter((name) => !methods.has(name))).toEqual([]);
  });

  it('fills fields of the type it says', () => {
    for (const row of overlay.filled.filter(({ methods: m, constructors: c }) => m ?? c)) {
      for (const name of [...(row.methods ?? []), ...(row.constructors ?? [])]) {
        const line = methods.get(name) ?? constructors.get(name);
        expect(line?.fields).toContain(`${row.field}:${row.type}`);
      }
    }
  });

  it('has no row that fits nothing', () => {
    const fits = ({ field, type, constructors: only }: Filled) =>
      [...(only ? constructors : methods).values()].some((line) =>
        line.fields.includes(`${field}:${type}`),
      );
    expect(overlay.filled.filter((row) => !fits(row))).toEqual([]);
  });

  it('fills with a value of the type', () => {
    for (const { fill, type, value, field } of overlay.filled) {
      if (fill === 'constant') {
        const expected = { int: /^-?\d+$/, long: /^-?\d+$/, string: /^/ }[type];
        expect(String(value), field).toMatch(expected ?? /never/);
        expect(typeof value, field).toBe(type === 'int' ? 'number' : 'string');
      }
      if (fill === 'empty') {
        expect(constructors.get(String(value)), field).toMatchObject({ result: type, fields: [] });
      }
    }
  });

  it('never fills in what a call is about', () => {
    const about = /^(?:peer|to_peer|from_peer|channel|chat_id|user_id|bot|id|participant|msg_id)$/;
    expect(overlay.filled.filter(({ field }) => about.test(field))).toEqual([]);
  });

  it('lets lists be asked for without saying where they begin', () => {
    const all = (name: string) =>
      methods
        .get(name)!
        .fields.filter((field) => /^[\w]+:(?!flags)/.test(field) && !field.endsWith(':#'))
        .filter(
          (field) =>
            !overlay.filled.some(
              (row) =>
                `${row.field}:${row.type}` === field &&
                !row.constructors &&
                (row.methods?.includes(name) ?? !row.except?.includes(name)),
            ),
        );
    expect(all('messages.getDialogs')).toEqual([]);
    expect(all('messages.getHistory')).toEqual(['peer:InputPeer']);
    expect(all('messages.search')).toEqual(['peer:InputPeer']);
    expect(all('contacts.getBlocked')).toEqual([]);
    expect(all('messages.readHistory')).toEqual(['peer:InputPeer', 'max_id:int']);
  });

  it('gives names of the Bot API to parameters there are, once each', () => {
    const types = { number: /^InputReplyTo$/, string: /never/, boolean: /never/ };
    const seen = new Set<string>();
    for (const { alias, field, accepts, methods: named } of overlay.aliases) {
      for (const name of named) {
        const key = `${name} ${alias}`;
        expect(seen.has(key), key).toBe(false);
        seen.add(key);
        if (field === 'parseMode') expect(overlay.parseMode, key).toContain(name);
        else {
          const text = methods.get(name)!.fields.find((one) => one.startsWith(`${field}:`));
          expect(text, key).toBeDefined();
          const type = text!.replace(/^.*[:?]/, '');
          if (accepts) expect(type, key).toMatch(types[accepts as keyof typeof types]);
        }
      }
    }
  });

  it('reads mark-up where there is a text that can have entities', () => {
    for (const name of overlay.parseMode) {
      const { fields } = methods.get(name)!;
      expect(
        fields.some((field) => /^message:(?:flags\.\d+\?)?string$/.test(field)),
        name,
      ).toBe(true);
      expect(
        fields.some((field) => /^entities:flags\.\d+\?Vector<MessageEntity>$/.test(field)),
        name,
      ).toBe(true);
    }
  });

  it('gives every method at most one notice', () => {
    const named = overlay.instead.flatMap((row) => row.methods);
    expect(new Set(named).size).toBe(named.length);
  });
});

describe('errors.json', () => {
  const facts = JSON.parse(read('errors.json')) as Errors;

  it('names only methods there are and errors it lists under that code', () => {
    const named = [...Object.keys(facts.methods), ...Object.keys(facts.callers)];
    expect(named.filter((name) => !methods.has(name))).toEqual([]);
    for (const byCode of [...Object.values(facts.methods), facts.general]) {
      for (const [code, names] of Object.entries(byCode)) {
        expect(facts.errors[code]).toEqual(expect.arrayContaining(names));
      }
    }
  });

  it('knows who may call what', () => {
    expect(facts.callers['messages.sendEncrypted']).toBe('user');
    expect(facts.callers['bots.setBotCommands']).toBe('bot');
    expect(facts.callers['messages.sendMessage']).toBe('both');
    expect(facts.methods['messages.sendEncrypted']?.['400']).toContain('ENCRYPTION_DECLINED');
  });

  it('holds no descriptions', () => {
    expect(
      Object.values(facts.errors)
        .flat()
        .filter((name) => /\s/.test(name)),
    ).toEqual([]);
  });
});
