import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  readSession,
  SessionFormatError,
} from '../../../../../packages/runtime/src/storage/formats/index.js';
import { Random, RUNS } from '../../../../support/random.js';
import { runs, type FullSession } from './arbitrary.js';
import { attempt, kindOf, names, sessionsOf } from './kinds.js';

/** Whether any 12 characters of `text` stand in a message. */
function leaks(message: string, text: string): boolean {
  for (let i = 0; i + 12 <= text.length; i++) {
    if (message.includes(text.slice(i, i + 12))) return true;
  }
  return false;
}

describe.each(names)('%s', (name) => {
  const kind = kindOf(name);
  const sessions = sessionsOf(kind);

  it('is read as what it is, with all it holds', () => {
    fc.assert(
      fc.property(sessions, (data) => {
        const text = kind.make(data);
        const { format, ...read } = readSession(text);
        expect(format).toBe(kind.format);
        expect(read).toEqual(kind.expected(data));
        expect(readSession(text, kind.format)).toEqual({ format, ...read });
      }),
      runs(60),
    );
  });

  it('is never read as another, even when asked to', () => {
    fc.assert(
      fc.property(sessions, (data) => {
        const text = kind.make(data);
        const others = names.map((other) => kindOf(other).format);
        for (const format of new Set(others)) {
          if (format !== kind.format) expect(attempt(text, format)).toBeNull();
        }
      }),
      runs(40),
    );
  });

  it('may have blanks and line ends around it, and other base64', () => {
    const [data] = fc.sample(sessions, { seed: 1, numRuns: 1 });
    const text = kind.make(data as FullSession);
    const expected = readSession(text);
    expect(readSession(`\ufeff \r\n\t${text}\r\n\n `)).toEqual(expected);
    expect(readSession(text.replaceAll('+', '-').replaceAll('/', '_'))).toEqual(expected);
    expect(readSession(text.replaceAll('-', '+').replaceAll('_', '/'))).toEqual(expected);
    expectSameOrRefused(text.replace(/=+$/, ''), text);
    for (const odd of [
      `"${text}"`,
      `${text.slice(0, 100)}\n${text.slice(100)}`,
      `${text}===`,
      `${text}A`,
    ])
      expect(attempt(odd)).toBeNull();
  });

  it('is refused when it was cut anywhere, and nothing of it is told', () => {
    for (const data of fc.sample(sessions, { seed: 2, numRuns: RUNS })) {
      const text = kind.make(data);
      const whole = text.replace(/=+$/, '').length;
      for (let length = 0; length < text.length; length++) {
        const cut = text.slice(0, length);
        if (length >= whole) expectSameOrRefused(cut, text);
        else if (kind.format === 'mtkruto') expectOldOrRefused(cut, data);
        else expect(() => readSession(cut), `${length} characters`).toThrow(SessionFormatError);
        if (length < whole) expect(leaks(messageOf(cut), text)).toBe(false);
      }
    }
  });

  it('with one character changed is refused, or another session of the same format', () => {
    const random = new Random(7);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_+/=.!\0é ';
    for (const data of fc.sample(sessions, { seed: 3, numRuns: RUNS })) {
      const text = kind.make(data);
      const before = readSession(text);
      for (let at = 0; at < text.length; at++) {
        const changed = text.slice(0, at) + random.pick([...alphabet]) + text.slice(at + 1);
        const same = plain(changed) === plain(text);
        const after = attempt(changed);
        if (same) expectSameOrRefused(changed, text);
        else if (kind.format === 'tlgen') expect(after, `at ${at}`).toBeNull();
        else if (after) {
          expect(after.format, `at ${at}`).toBe(kind.format);
          // The data center for files is in mtcute's strings, and not in what is read.
          if (kind.format !== 'mtcute') expect(after, `at ${at}`).not.toEqual(before);
        } else expect(leaks(messageOf(changed), text)).toBe(false);
      }
    }
  });
});

/** Nothing is lost with the padding, but Telethon's strings are told from longer ones by it. */
function expectSameOrRefused(cut: string, text: string): void {
  const read = attempt(cut);
  if (read) expect(read).toEqual(readSession(text));
}

/** Both alphabets mean the same, and white space at the ends nothing. */
const plain = (text: string): string =>
  text.trim().replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '');

/** MTKruto's newer strings are the older ones and more: cut exactly there, one is a whole older one. */
function expectOldOrRefused(cut: string, { authKey, dcId, testMode }: FullSession): void {
  const read = attempt(cut);
  if (read) expect(read).toEqual({ format: 'mtkruto', authKey, dcId, testMode });
}

function messageOf(text: string): string {
  try {
    readSession(text);
  } catch (error) {
    return String(error);
  }
  return '';
}
