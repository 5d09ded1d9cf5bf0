import { describe, expect, it } from 'vitest';
import { Filter } from '../../../../../packages/runtime/src/updates/filters/filter.js';
import { Bench, said, settled } from './kit.js';

describe('a filter that brings updates itself', () => {
  it('does not let them overtake the rest of an album', async () => {
    const bench = new Bench();
    const heard = bench.listen();
    const conversation = bench.hub.conversation(100n);
    let asked = 0;
    const nothing = new Filter(() => {
      if (asked++ === 0) bench.deliver(said('later'));
      return null;
    }, true);
    const wait = conversation.waitFor(nothing);
    for (const text of ['a', 'b', 'c']) bench.deliver(said({ groupedId: 1n, text }));
    bench.deliver(said('after the album'));
    conversation.close();
    await expect(wait).rejects.toMatchObject({ code: 'CONVERSATION_CLOSED' });
    await settled();
    expect(heard).toEqual(['a', 'b', 'c', 'after the album', 'later']);
    expect(bench.done).toEqual([1, 1, 1, 1, 1]);
  });
});
