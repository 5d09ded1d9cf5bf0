import { dirname, join, posix, win32 } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { safeName } from '../../../../../packages/runtime/src/files/sink/index.js';
import { RUNS, SEED } from '../../../../support/random.js';

const bytesOf = (text: string): number => Buffer.byteLength(text);

describe('safeName', () => {
  it.each([
    ['a.txt', 'a.txt'],
    ['Größe 5 – «x».pdf', 'Größe 5 – «x».pdf'],
    ['👨‍👩‍👧 family.jpg', '👨‍👩‍👧 family.jpg'],
    ['AC/DC - song.mp3', 'AC_DC - song.mp3'],
    ['../../etc/passwd', '_.._etc_passwd'],
    ['..\\..\\x', '_.._x'],
    ['C:\\x', 'C__x'],
    ['/etc/passwd', '_etc_passwd'],
    ['a/b', 'a_b'],
    ['.', 'fallback'],
    ['..', 'fallback'],
    ['...', 'fallback'],
    ['', 'fallback'],
    [undefined, 'fallback'],
    ['   ', 'fallback'],
    ['/', 'fallback'],
    ['//\\', 'fallback'],
    ['\0', 'fallback'],
    ['a\0b.txt', 'ab.txt'],
    ['a\r\nb\t.txt', 'ab.txt'],
    ['.bashrc', 'bashrc'],
    ['name. . ', 'name'],
    ['name\u00a0', 'name'],
    ['CON', '_CON'],
    ['con.txt', '_con.txt'],
    ['NUL .tar.gz', '_NUL .tar.gz'],
    ['LPT1', '_LPT1'],
    ['COM\u00b9.x', '_COM\u00b9.x'],
    ['CONOUT$', '_CONOUT$'],
    ['console.log', 'console.log'],
    ['a:b*c?d"e<f>g|h', 'a_b_c_d_e_f_g_h'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['\u2066a\u2069\u200b.txt', 'a.txt'],
    ['\ud800half.txt', 'half.txt'],
    ['\u202e..', 'fallback'],
    ['.\u200b.', 'fallback'],
  ])('security/traversal: %j is %j', (name, safe) => {
    expect(safeName(name, 'fallback')).toBe(safe);
  });

  it('the fallback is made safe too', () => {
    expect(safeName('..', '../x')).toBe('_x');
    expect(safeName('..', '..')).toBe('file');
    expect(safeName(undefined, '')).toBe('file');
  });

  it('cuts long names between characters, and keeps the extension', () => {
    const emoji = safeName('😀'.repeat(75), 'x');
    expect(emoji).toBe('😀'.repeat(50));
    const named = safeName(`${'ä'.repeat(300)}.jpeg`, 'x');
    expect(named).toBe(`${'ä'.repeat(97)}.jpeg`);
    const long = safeName(`a.${'b'.repeat(300)}`, 'x');
    expect(long).toBe(`a.${'b'.repeat(198)}`);
    expect(safeName(`${'a'.repeat(198)}. ${'b'.repeat(100)}`, 'x')).toBe('a'.repeat(198));
  });

  const wild = fc.string({
    unit: fc.oneof(
      fc.constantFrom(...'./\\: \0\u202e\u200d\u00a0\ud800aC', 'CON', 'nul', '.txt', '..', '😀'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
    maxLength: 300,
  });

  it('security/traversal: any name is one component, directly in the directory, and stays', () => {
    fc.assert(
      fc.property(wild, wild, (name, fallback) => {
        const safe = safeName(name, fallback);
        expect(safe).not.toBe('');
        expect(bytesOf(safe)).toBeLessThanOrEqual(200);
        expect(safe).not.toMatch(/[\\/\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
        expect(safe).not.toMatch(/^[. ]|[. ]$/);
        for (const path of [posix, win32]) {
          expect(path.dirname(path.join('/d', safe))).toBe(path.normalize('/d'));
          expect(path.basename(path.join('/d', safe))).toBe(safe);
        }
        expect(dirname(join('/d/e', safe))).toBe('/d/e');
        expect(safeName(safe, fallback)).toBe(safe);
      }),
      { numRuns: 3000 * RUNS, seed: SEED },
    );
  });

  it('is done with a name of a million spaces at once', () => {
    const name = `a${' '.repeat(1_000_000)}b`;
    expect(safeName(name, 'fallback')).toBe('a');
    expect(safeName(`${'. '.repeat(500_000)}b`, 'fallback')).toBe('b');
  });
});
