import * as tl from '@tlgen/telegram';
import { messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, type TestChat } from '../../../../packages/local-dc/src/scene.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let anns: Device;
let bobs: Device;
let news: TestChat;

beforeEach(async () => {
  dc = new Harness();
  const [ann, bob] = [await dc.user(), await dc.user()];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
  news = createChannel(dc.world, { title: 'N', creator: ann });
});

const links = async (fields = {}) => {
  const adminId = new tl.InputUserSelf();
  const peer = anns.channelPeer(news);
  const request = { peer, adminId, limit: 10, ...fields };
  const found = await anns.call(new messages.GetExportedChatInvitesRequest(request));
  return found.invites as tl.ChatInviteExported[];
};
const edit = (link: string, fields: object) =>
  anns.call(
    new messages.EditExportedChatInviteRequest({ peer: anns.channelPeer(news), link, ...fields }),
  );
const join = (link: string) =>
  bobs.call(new messages.ImportChatInviteRequest({ hash: link.split('+')[1] ?? '' }));

describe('invite links', () => {
  it('are listed with a permanent one, are edited, and end when they are revoked', async () => {
    const [primary] = await links();
    expect(primary).toMatchObject({ permanent: true, revoked: false });
    expect((await links()).map(({ link }) => link)).toEqual([primary?.link]);
    const made = (await anns.call(
      new messages.ExportChatInviteRequest({ peer: anns.channelPeer(news), usageLimit: 3 }),
    )) as tl.ChatInviteExported;
    expect((await links()).map(({ link }) => link)).toEqual([primary?.link, made.link]);
    expect(await edit(made.link, { usageLimit: 9, title: 'nine' })).toMatchObject({
      invite: { usageLimit: 9, title: 'nine' },
    });
    expect(await refusal(edit(primary?.link ?? '', { title: 'x' }))).toBe(
      '400 CHAT_INVITE_PERMANENT',
    );
    expect(await edit(made.link, { revoked: true })).toMatchObject({ invite: { revoked: true } });
    expect(await refusal(join(made.link))).toBe('406 INVITE_HASH_EXPIRED');
    expect(await links({ revoked: true })).toMatchObject([{ link: made.link }]);
    const replaced = await edit(primary?.link ?? '', { revoked: true });
    expect(replaced).toMatchObject({
      _: 'messages.exportedChatInviteReplaced',
      newInvite: { permanent: true },
    });
    expect(await refusal(join(primary?.link ?? ''))).toBe('406 INVITE_HASH_EXPIRED');
    await join((await links())[0]?.link ?? '');
    expect((await links())[0]?.usage).toBe(1);
  });

  it('are for admins', async () => {
    const request = { peer: bobs.channelPeer(news), adminId: new tl.InputUserSelf(), limit: 1 };
    const call = bobs.call(new messages.GetExportedChatInvitesRequest(request));
    expect(await refusal(call)).toBe('406 CHANNEL_PRIVATE');
  });
});
