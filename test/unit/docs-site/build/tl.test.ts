import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { tokenizeTl } from '../../../../docs-site/build/tl/tokenize.js';
import { root } from '../../../structure/imports.js';

const kinds = (line: string): string =>
  tokenizeTl(line)
    .filter(({ kind }) => kind !== 'plain')
    .map(({ kind, text }) => `${kind} ${text}`)
    .join(', ');

describe('tokenizeTl', () => {
  it.each([
    [
      'messages.sendEncrypted#44fa7a15 flags:# silent:flags.0?true peer:InputEncryptedChat = messages.Sent;',
      'name messages.sendEncrypted, id #44fa7a15, field flags, type #, field silent, flag flags.0?, type true, field peer, type InputEncryptedChat, type messages.Sent',
    ],
    [
      'vector#1cb5c415 {t:Type} # [ t ] = Vector t;',
      'name vector, id #1cb5c415, field t, type Type, type #, type t, type Vector, type t',
    ],
    [
      'invoke#cb9f372d {X:Type} flags2:# ids:flags2.31?Vector<long> q:!X = X; // why',
      'name invoke, id #cb9f372d, field X, type Type, field flags2, type #, field ids, flag flags2.31?, type Vector, type long, field q, type X, type X, comment // why',
    ],
    [
      'a messages:vector<%Message> = A;',
      'name a, field messages, type vector, type Message, type A',
    ],
    ['  b:int = A;', 'field b, type int, type A'],
    ['+ a#1 = A;', 'name a, id #1, type A'],
    ['---functions---', 'mark ---functions---'],
    ['===17===', 'mark ===17==='],
    ['// a:int', 'comment // a:int'],
    ['', ''],
  ])('%s', (line, expected) => {
    expect(kinds(line)).toBe(expected);
  });

  it('loses nothing of any line of our schemas', () => {
    const files = readdirSync(join(root, 'schemas'), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.tl'));
    expect(files).toHaveLength(4);
    let named = 0;
    for (const file of files)
      for (const line of readFileSync(join(root, 'schemas', file), 'utf8').split('\n')) {
        const tokens = tokenizeTl(line);
        expect(tokens.map(({ text }) => text).join('')).toBe(line);
        const head = /^([\w.]+)#([0-9a-f]+)/.exec(line);
        if (!head) continue;
        named++;
        expect(tokens[0]).toEqual({ kind: 'name', text: head[1] });
        expect(tokens[1]).toEqual({ kind: 'id', text: `#${head[2]}` });
        expect(tokens.at(-1)?.text.trimEnd()).toMatch(/;$/);
      }
    expect(named).toBeGreaterThan(2500);
  });
});
