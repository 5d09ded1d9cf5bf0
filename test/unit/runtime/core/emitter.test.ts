import { describe, expect, it } from 'vitest';
import { Emitter } from '../../../../packages/runtime/src/core/emitter.js';

interface Events {
  readonly number: number;
  readonly text: string;
}

function make() {
  const errors: unknown[] = [];
  return { errors, emitter: new Emitter<Events>((error, type) => errors.push([type, error])) };
}

describe('Emitter', () => {
  it('calls handlers in order, until each is undone by itself', () => {
    const { emitter } = make();
    const seen: string[] = [];
    const handler = (value: number) => seen.push(`a${value}`);
    const undo = emitter.on('number', handler);
    emitter.on('number', handler);
    emitter.on('number', (value) => seen.push(`b${value}`));
    emitter.on('text', () => seen.push('never'));
    emitter.emit('number', 1);
    undo();
    undo();
    emitter.emit('number', 2);
    expect(seen).toEqual(['a1', 'a1', 'b1', 'a2', 'b2']);
    expect(emitter.count('number')).toBe(2);
    emitter.clear();
    emitter.emit('number', 3);
    expect(seen).toHaveLength(5);
  });

  it('a handler that fails, at once or later, does not keep others from being called', async () => {
    const { emitter, errors } = make();
    const seen: number[] = [];
    emitter.on('number', () => {
      throw new Error('now');
    });
    emitter.on('number', () => Promise.reject(new Error('later')));
    emitter.on('number', (value) => seen.push(value));
    emitter.emit('number', 1);
    await Promise.resolve();
    await Promise.resolve();
    expect(seen).toEqual([1]);
    expect(errors).toEqual([
      ['number', new Error('now')],
      ['number', new Error('later')],
    ]);
  });

  it('handlers that come or go during an event count from the next one, or no more', () => {
    const { emitter } = make();
    const seen: string[] = [];
    emitter.on('number', () => {
      seen.push('first');
      undoSecond();
      emitter.on('number', () => seen.push('new'));
    });
    const undoSecond = emitter.on('number', () => seen.push('second'));
    emitter.emit('number', 1);
    expect(seen).toEqual(['first']);
    emitter.emit('number', 2);
    expect(seen).toEqual(['first', 'first', 'new']);
  });
});
