import { filters, MemoryStorage } from '@tlgen/runtime';
import { describe, expect, it } from 'vitest';
import { png } from '../../unit/runtime/files/media/samples.js';
import { person } from '../people.js';
import { scene, settled, waits } from './talkers.js';

describe('handlers', () => {
  it('get each update once and in order, whatever is sent meanwhile', async () => {
    await using at = await scene();
    const texts: string[] = [];
    at.one.client.on(filters.text(), ({ text }) => texts.push(text));
    await settled(at.one);
    for (let n = 0; n < 50; n++) {
      at.write(`number ${n}`);
      // Own requests move pts too.
      if (n % 10 === 0) await at.one.client.sendText('@friend', `answer ${n}`);
    }
    await waits(() => expect(texts).toHaveLength(50));
    expect(texts).toEqual(Array.from({ length: 50 }, (_, n) => `number ${n}`));
    expect(at.one.called).not.toContain('updates.getDifference');
  });

  it('update: one callable gets each update; its errors are told, and do not end it', async () => {
    await using at = await scene();
    const seen: string[] = [];
    at.one.client.on('update', ({ update }) => {
      seen.push(update._);
      throw new Error(`of ${update._}`);
    });
    await settled(at.one);
    at.write('one');
    at.write('two');
    await waits(() => expect(seen).toEqual(['updateNewMessage', 'updateNewMessage']));
    await waits(() => expect(at.one.errors).toHaveLength(2));
    expect(at.one.errors[0]).toMatchObject({ message: 'of updateNewMessage' });
  });

  it('a chat waits for its handlers, others do not', async () => {
    await using at = await scene();
    const other = await at.dc.createUser();
    const order: string[] = [];
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    at.one.client.on(filters.text(), async ({ text }) => {
      order.push(`begin ${text}`);
      if (text === 'first') await held;
      order.push(`end ${text}`);
    });
    await settled(at.one);
    at.write('first');
    at.write('second');
    at.dc.send(other.id, at.me.id, 'from another');
    await waits(() => expect(order).toContain('end from another'));
    expect(order).not.toContain('begin second');
    release();
    await waits(() => expect(order).toContain('end second'));
    expect(order.filter((line) => !line.includes('another'))).toEqual([
      'begin first',
      'end first',
      'begin second',
      'end second',
    ]);
  });

  it('own: messages of this account are left out unless they are asked for', async () => {
    await using at = await scene();
    const [theirs, all]: string[][] = [[], []];
    at.one.client.on(filters.text(), ({ text }) => theirs!.push(text));
    at.one.client.on(filters.text(), ({ text }) => all!.push(text), { own: true });
    await settled(at.one);
    await at.one.client.sendText('@friend', 'mine');
    at.write('theirs');
    await waits(() => expect(all).toEqual(['mine', 'theirs']));
    expect(theirs).toEqual(['theirs']);
  });

  it('a bot answers commands and buttons', async () => {
    await using at = await scene();
    const bot = await at.dc.createUser({ bot: true, username: 'quiz_bot' });
    await using theBot = await person(at.dc, bot, { storage: new MemoryStorage() });
    theBot.client.on(filters.command('start'), async (event) => {
      await event.reply(`Hello ${event.command.args}`.trim());
    });
    await settled(theBot);
    const answers: string[] = [];
    at.one.client.on(filters.from('@quiz_bot').and(filters.text()), ({ text, message }) => {
      answers.push(`${text} ${message.replyTo?._}`);
    });
    await settled(at.one);
    await at.one.client.sendText('@quiz_bot', '/start deep');
    await at.one.client.sendText('@quiz_bot', '/start@other_bot no');
    await at.one.client.sendText('@quiz_bot', '/start@quiz_bot');
    await waits(() => expect(answers).toHaveLength(2));
    expect(answers).toEqual(['Hello deep messageReplyHeader', 'Hello messageReplyHeader']);
  });

  it('an album comes as one', async () => {
    await using at = await scene();
    const seen: number[] = [];
    await using them = await person(at.dc, at.friend);
    at.one.client.on(filters.album, ({ messages }) => seen.push(messages.length));
    const singles: number[] = [];
    at.one.client.on(filters.message, ({ message }) => singles.push(message.id));
    await settled(at.one);
    await them.client.sendAlbum('@me_myself', [png(10, 10), png(11, 11), png(12, 12)]);
    await waits(() => expect(seen).toEqual([3]));
    expect(singles).toHaveLength(3);
  });
});
