import { describe, expect, it } from 'vitest';
import {
  Filter,
  FilterError,
  filters,
  NOTHING,
} from '../../../../../packages/runtime/src/updates/filters/index.js';
import { run } from '../../../../../packages/runtime/src/updates/filters/run.js';
import { eventOf, message, newMessage } from '../event/kit.js';
import { Bench, said, settled } from '../hub/kit.js';

/** As programs in JavaScript make them. */
const answering = (answer: unknown): Filter => new Filter(() => answer as object);
const event = eventOf(newMessage());

describe('what a filter of a program in JavaScript answers', () => {
  it.each([null, undefined, false])('%s is no', (answer) => {
    const filter = answering(answer);
    expect(run(filter, event)).toBeNull();
    expect(run(filter.not(), event)).toBe(NOTHING);
    expect(run(filter.and(filters.all), event)).toBeNull();
    expect(run(filters.all.and(filter), event)).toBeNull();
    expect(run(filter.or(filters.private), event)).toEqual({ chatId: 100n });
    const asked: unknown[] = [];
    const where = filter.where((one) => asked.push(one) > 0);
    expect(run(where, event)).toBeNull();
    expect(asked).toEqual([]);
    expect(run(filters.editedTo(filter), event)).toBeNull();
  });

  it('true is yes, with nothing to add', () => {
    const filter = answering(true);
    expect(run(filter, event)).toBe(NOTHING);
    expect(run(filter.not(), event)).toBeNull();
    expect(run(filter.and(filters.private), event)).toEqual({ chatId: 100n });
    expect(run(filter.or(filters.private), event)).toBe(NOTHING);
  });

  it.each<[string, unknown]>([
    ['a number', 0],
    ['a number', 1],
    ['a string', ''],
    ['a string', 'yes'],
    ['a bigint', 0n],
    ['a function', () => true],
    ['a promise', Promise.resolve(null)],
  ])('%s is refused', (got, answer) => {
    const filter = answering(answer);
    const all = [
      filter,
      filter.not(),
      filter.and(filters.all),
      filters.all.and(filter),
      filter.or(filters.all),
      filters.or().or(filter),
      filter.where(() => true),
    ];
    for (const one of all) expect(() => run(one, event)).toThrow(FilterError);
    expect(() => run(filter, event)).toThrow(
      `returned ${got}: return an object, null or a boolean`,
    );
  });

  it('a predicate that answers with a promise is refused, which may fail', async () => {
    const later = filters.where((() =>
      Promise.reject(new Error('of no interest'))) as unknown as () => boolean);
    expect(() => run(later, event)).toThrow(FilterError);
    expect(() => run(later, event)).toThrow('is asked in the handler');
    await settled();
  });

  it('decides what handlers are called with', async () => {
    const bench = new Bench();
    const heard: string[] = [];
    for (const answer of [false, undefined, true]) {
      bench.hub.on(answering(answer), () => void heard.push(String(answer)));
    }
    bench.hub.on(answering(0), () => void heard.push('0'));
    bench.deliver(said('one'));
    await settled();
    expect(heard).toEqual(['true']);
    expect(bench.failures.map(([error]) => error)).toEqual([expect.any(FilterError)]);
    expect(bench.done).toEqual([1]);
  });

  it('decides what a wait takes', async () => {
    const bench = new Bench();
    const chat = bench.hub.conversation(100n);
    const never = chat.waitFor(answering(false));
    never.catch(() => undefined);
    const broken = chat.waitFor(answering(Promise.resolve({})));
    const taken = chat.waitFor(answering(true));
    bench.deliver(said('one'));
    await expect(broken).rejects.toThrow(FilterError);
    expect((await taken).text).toBe('one');
    chat.close();
    await expect(never).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
  });
});

describe('a filter that cannot be', () => {
  const js = filters as unknown as Record<string, (...given: unknown[]) => unknown>;
  const made = filters.text() as unknown as Record<string, (given: unknown) => unknown>;

  it.each<[string, () => unknown, string]>([
    ['a text for an expression', () => js['regex']?.('abc'), 'filters.text(…) for a plain text'],
    ['no expression', () => js['regex']?.(), 'undefined is no regular expression'],
    ['an expression for a text', () => js['text']?.(/a/), 'filters.regex(…)'],
    ['a list for texts', () => js['text']?.(['a']), 'an array is no text'],
    ['a beginning that is no text', () => js['startsWith']?.('a', 5), 'a number is no text'],
    ['no command', () => js['command']?.(), 'got undefined: name commands'],
    ['an expression for a command', () => js['command']?.(/a/), 'a regular expression'],
    ['commands that are no texts', () => js['command']?.(['a', 5]), 'a number is no text'],
    ['a prefix that is no text', () => js['command']?.('a', { prefix: /!/ }), 'give prefixes'],
    ['a number for data', () => js['callbackQuery']?.(5), 'a string for a text as it is'],
    ['null for data', () => js['inlineCallbackQuery']?.(null), 'null is no regular expression'],
    ['a list for a query', () => js['inlineQuery']?.(['a']), 'filters.inlineQuery: an array'],
    ['a list for updates', () => js['update']?.(['updateUserName']), 'an array is no text'],
    ['a list for actions', () => js['service']?.([]), 'an array is no text'],
    ['a number for media', () => js['mediaOf']?.(1), 'a number is no text'],
    ['a text for a predicate', () => js['where']?.('x'), 'a string is no function'],
    ['a text for a predicate', () => made['where']?.('x'), 'a string is no function'],
    ['no function', () => new Filter(undefined as never), 'Filter: undefined is no function'],
    ['what makes filters: and', () => js['and']?.(filters.text), 'call it: filters.text()'],
    ['what makes filters: or', () => js['or']?.(filters.all, filters.text), 'call it'],
    ['what makes filters: not', () => js['not']?.(filters.text), 'call it'],
    ['what makes filters: editedTo', () => js['editedTo']?.(filters.text), 'call it'],
    ['what makes filters: .and', () => made['and']?.(filters.text), 'call it'],
    ['what makes filters: .or', () => made['or']?.(filters.text), 'call it'],
    ['a list of filters', () => js['and']?.([filters.all]), 'an array is no filter'],
    ['nothing', () => made['and']?.(undefined), 'undefined is no filter'],
  ])('of %s', (_title, make, why) => {
    expect(make).toThrow(FilterError);
    expect(make).toThrow(why);
  });

  it('an expression of another realm is one', () => {
    const foreign = Object.setPrototypeOf(/h/, Object.create(RegExp.prototype) as object) as RegExp;
    expect(run(filters.regex(foreign), event)).toMatchObject({ chatId: 100n, text: 'hello' });
  });

  it('a message whose chat nobody knows does not pass', () => {
    const nowhere = message();
    Object.assign(nowhere, { peerId: undefined });
    const lost = eventOf(Object.assign(newMessage(), { message: nowhere }));
    for (const one of [filters.message, filters.text(), filters.incoming]) {
      expect(run<object>(one, lost)).toBeNull();
    }
  });
});
