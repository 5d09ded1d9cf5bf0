import { filters } from '@tlgen/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { person, type Person } from '../people.js';
import { scene, settled, waits, type Scene } from './talkers.js';

describe('conversations', () => {
  let at: Scene;
  let them: Person;
  const heard: string[] = [];

  beforeAll(async () => {
    at = await scene();
    them = await person(at.dc, at.friend);
    them.client.on(filters.text(), ({ text }) => heard.push(text));
    await settled(them);
  });
  afterAll(async () => {
    await them[Symbol.asyncDispose]();
    await at[Symbol.asyncDispose]();
  });

  it('a handler asks and waits; what answers it is not handled a second time', async () => {
    const { client } = at.one;
    const commands: string[] = [];
    const stop = client.on(filters.command('order'), async (event) => {
      const dish = await event.ask('What would you like?', filters.text());
      const count = await dish.ask('How many?', filters.regex(/^\d+$/));
      await event.respond(`${count.match[0]} × ${dish.text}`);
    });
    const rest = client.on(filters.text().and(filters.command('order').not()), ({ text }) => {
      commands.push(text);
    });
    await settled(at.one);
    at.write('/order');
    await waits(() => expect(heard).toContain('What would you like?'));
    at.write('soup');
    await waits(() => expect(heard).toContain('How many?'));
    at.write('a few');
    at.write('3');
    await waits(() => expect(heard).toContain('3 × soup'));
    // What did not answer the question is for the other handlers, afterwards.
    await waits(() => expect(commands).toEqual(['a few']));
    stop();
    rest();
  });

  it('a conversation outside of handlers; a wait ends by its timeout', async () => {
    const { client } = at.one;
    const chat = await client.conversation('@friend');
    const answer = chat.ask('ready?');
    await waits(() => expect(heard).toContain('ready?'));
    at.write('yes');
    expect((await answer).text).toBe('yes');
    await expect(chat.waitFor(filters.text('never'), { timeout: 50 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await chat.close();
  });
});
