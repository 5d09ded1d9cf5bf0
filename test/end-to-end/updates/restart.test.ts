import { filters, MemoryStorage, type UpdateEvent } from '@tlgen/runtime';
import { describe, expect, it } from 'vitest';
import { person } from '../people.js';
import { scene, settled, times, waits } from './talkers.js';

describe('a client that comes back', () => {
  it('is told what it missed, in channels too, and nothing twice', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    const channel = at.dc.createChannel({ title: 'C', creator: at.friend, members: [at.me] });
    const seen: string[] = [];
    const note = ({ text, key }: UpdateEvent): void => void seen.push(`${text} ${key}`);
    at.one.client.on(filters.text(), note);
    await settled(at.one);
    at.write('one');
    at.dc.send(at.friend, channel, 'two');
    await waits(() => expect(seen).toHaveLength(2));
    await at.one.client.close();
    at.write('three');
    at.dc.send(at.friend, channel, 'four');
    await using again = await person(at.dc, at.me, { storage });
    again.client.on(filters.text(), note);
    await waits(() => expect(seen).toHaveLength(4));
    at.write('five');
    await waits(() => expect(seen).toHaveLength(5));
    expect(new Set(seen).size).toBe(5);
    expect(seen.map((line) => line.split(' ')[0]).toSorted()).toEqual(
      ['one', 'two', 'three', 'four', 'five'].toSorted(),
    );
  });

  it('upd/persist-after-dispatch: what no handler was done with comes again, the rest does not', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    const other = await at.dc.createUser();
    const first: string[] = [];
    at.one.client.on(filters.text(), async ({ text }) => {
      first.push(text);
      if (text === 'hangs') await new Promise(() => undefined);
    });
    await settled(at.one);
    at.write('done');
    at.write('hangs');
    at.dc.send(other.id, at.me.id, 'done elsewhere');
    await waits(() => expect(first).toHaveLength(3));
    await at.one.client.close({ timeout: 50 });
    const second: string[] = [];
    await using again = await person(at.dc, at.me, { storage });
    again.client.on(filters.text(), ({ text }) => second.push(text));
    at.write('new');
    await waits(() => expect(second).toContain('new'));
    expect(second).toEqual(['hangs', 'new']);
  });

  it('handles nothing of what another user of the same storage had waiting', async () => {
    const storage = new MemoryStorage();
    await using at = await scene({ storage });
    at.one.client.on(filters.all, () => undefined);
    await settled(at.one);
    await at.one.client.logOut();
    await at.one.client.close();
    const third = await at.dc.createUser();
    at.dc.send(at.friend.id, third.id, 'before');
    await using next = await person(at.dc, third, { storage });
    const texts: string[] = [];
    next.client.on(filters.text(), ({ text }) => texts.push(text));
    await waits(() => expect(times(next.called, 'updates.getState')).toBe(1));
    await next.client.me({ refresh: true });
    at.dc.send(at.friend.id, third.id, 'after');
    await waits(() => expect(texts).toEqual(['after']));
  });
});
