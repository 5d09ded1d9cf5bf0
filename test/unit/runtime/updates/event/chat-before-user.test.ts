import { base } from '@tlgen/telegram';
import { describe, expect, it } from 'vitest';
import { chatIdOf, senderIdOf } from '../../../../../packages/runtime/src/updates/event/index.js';

describe('an update of a group that names a person', () => {
  it.each<[string, base.TypeUpdate]>([
    [
      'who was added',
      new base.UpdateChatParticipantAdd({
        chatId: 9n,
        userId: 3n,
        inviterId: 4n,
        date: 1,
        version: 1,
      }),
    ],
    ['who went', new base.UpdateChatParticipantDelete({ chatId: 9n, userId: 3n, version: 1 })],
    [
      'who is an administrator now',
      new base.UpdateChatParticipantAdmin({ chatId: 9n, userId: 3n, isAdmin: true, version: 1 }),
    ],
  ])('is of the group: %s', (_, update) => {
    expect(chatIdOf(update)).toBe(-9n);
    expect(senderIdOf(update)).toBe(3n);
  });
});
