import * as tl from '@tlgen/telegram';
import { account, auth, channels, messages } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, send } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from './harness.js';

let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;
let bobs: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user({ firstName: 'Ann' }), await dc.user({ firstName: 'Bob' })];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
});

describe('histories', () => {
  it('are deleted for oneself or both, up to an id', async () => {
    for (const text of ['1', '2', '3']) send(dc.world, ann, bob, text);
    const remove = (device: Device, fields: object) =>
      device.call(
        new messages.DeleteHistoryRequest({ peer: device.peer(bob), maxId: 0, ...fields }),
      );
    expect(await remove(anns, { maxId: 1 })).toMatchObject({ ptsCount: 1, offset: 0 });
    expect([ann.box.letters.size, bob.box.letters.size]).toEqual([2, 3]);
    expect(await remove(anns, { revoke: true })).toMatchObject({ ptsCount: 2 });
    expect([ann.box.letters.size, bob.box.letters.size]).toEqual([0, 1]);
    expect(bobs.updates.at(-1)).toMatchObject({ updates: [{ _: 'updateDeleteMessages' }] });
  });

  it('keep in mind where a message was saved from', async () => {
    const { id } = send(dc.world, bob, ann, 'keep');
    const forward = new messages.ForwardMessagesRequest({
      fromPeer: anns.peer(bob),
      id: [id],
      randomId: [5n],
      toPeer: new tl.InputPeerSelf(),
    });
    expect(await anns.call(forward)).toMatchObject({
      updates: [
        {},
        { message: { fwdFrom: { savedFromPeer: { userId: bob.id }, savedFromMsgId: id } } },
      ],
    });
  });
});

describe('channels', () => {
  it('are deleted by their creator, and are forbidden then', async () => {
    const news = createChannel(dc.world, {
      title: 'N',
      username: 'news_name',
      creator: ann,
      members: [bob],
    });
    const remove = (device: Device) =>
      device.call(new channels.DeleteChannelRequest({ channel: device.channel(news) }));
    expect(await refusal(remove(bobs))).toBe('403 CHAT_ADMIN_REQUIRED');
    expect(await remove(anns)).toMatchObject({
      updates: [{ _: 'updateChannel' }],
      chats: [{ _: 'channelForbidden', title: 'N' }],
    });
    expect(bobs.updates.at(-1)).toMatchObject({ chats: [{ _: 'channelForbidden' }] });
    expect(await refusal(remove(anns))).toBe('406 CHANNEL_PRIVATE');
    expect(dc.world.names.owner('news_name')).toBeUndefined();
    expect([ann.channels.size, bob.channels.size]).toEqual([0, 0]);
  });

  it('count each viewer of a post once', async () => {
    const news = createChannel(dc.world, { title: 'N', creator: ann, members: [bob] });
    const { id } = send(dc.world, ann, news, 'post');
    const views = async (device: Device, increment: boolean) => {
      const peer = device.channelPeer(news);
      const request = new messages.GetMessagesViewsRequest({ peer, id: [id, 99], increment });
      return (await device.call(request)).views.map((one) => one.views);
    };
    expect(await views(bobs, false)).toEqual([1, undefined]);
    expect(await views(bobs, true)).toEqual([2, undefined]);
    expect(await views(bobs, true)).toEqual([2, undefined]);
    expect(await views(anns, true)).toEqual([2, undefined]);
  });
});

describe('accounts', () => {
  it('are deleted by their owners', async () => {
    expect(await bobs.call(new account.DeleteAccountRequest({ reason: '' }))).toBe(true);
    expect(bob.deleted).toBe(true);
    expect(await refusal(bobs.send(new tl.InputPeerSelf(), 'x'))).toBe('401 USER_DEACTIVATED');
  });

  it('with a password have to wait, if it is not given', async () => {
    const cleo = await dc.user({ password: 'secret' });
    const device = dc.device();
    const sent = await device.sendCode(cleo.phone ?? '');
    const signIn = device.signIn(cleo.phone ?? '', sent.phoneCodeHash);
    expect(await refusal(signIn)).toBe('401 SESSION_PASSWORD_NEEDED');
    const remove = device.call(new account.DeleteAccountRequest({ reason: 'forgot' }));
    expect(await refusal(remove)).toBe('420 2FA_CONFIRM_WAIT_604800');
    expect(cleo.deleted).toBe(false);
    expect(await refusal(device.call(new auth.LogOutRequest()))).toBe(
      '401 SESSION_PASSWORD_NEEDED',
    );
  });
});
