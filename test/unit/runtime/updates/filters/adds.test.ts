import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { filters } from '../../../../../packages/runtime/src/updates/filters/index.js';
import { newMessage } from '../event/kit.js';
import { found } from './kit.js';

describe('what filters add together', () => {
  it('is what all of them found; of one name, what the last found', () => {
    const replyTo = new base.MessageReplyHeader({ replyToMsgId: 4 });
    const update = newMessage({ message: '/ban now', replyTo });
    const both = filters.reply.and(filters.command('ban')).and(filters.private);
    expect(found(both, update)).toMatchObject({
      replyTo: 4,
      command: { name: 'ban', args: 'now' },
      chatId: 100n,
      message: { id: 1 },
    });
    const twice = filters.regex(/b/).and(filters.regex(/n+/));
    expect(found(twice, update)?.match[0]).toBe('n');
    expect(found(twice, update)?.text).toBe('/ban now');
  });
});
