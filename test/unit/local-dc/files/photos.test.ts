import * as tl from '@tlgen/telegram';
import { channels, messages, photos, users } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { createChannel, createGroup } from '../../../../packages/local-dc/src/scene.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { Harness, refusal, type Device } from '../methods/harness.js';
import { content, download, getFile, locationOf, png, same, uploaded } from './support.js';

let dc: Harness;
let ann: User;
let bob: User;
let anns: Device;
let bobs: Device;

beforeEach(async () => {
  dc = new Harness();
  [ann, bob] = [await dc.user(), await dc.user()];
  [anns, bobs] = [await dc.signedIn(ann), await dc.signedIn(bob)];
});

async function setPhoto(side: number): Promise<tl.Photo> {
  const file = await uploaded(anns, png(side, side), 'me.png');
  const answer = await anns.call(new photos.UploadProfilePhotoRequest({ file }));
  return answer.photo as tl.Photo;
}

const seenByBob = async () => {
  const [user] = await bobs.call(new users.GetUsersRequest({ id: [bobs.input(ann)] }));
  return (user as tl.User).photo as tl.UserProfilePhoto | undefined;
};
const list = async (fields = {}) =>
  bobs.call(
    new photos.GetUserPhotosRequest({
      userId: bobs.input(ann),
      offset: 0,
      maxId: 0n,
      limit: 10,
      ...fields,
    }),
  );

describe('profile photos', () => {
  it('are seen by others, and downloaded by whom they show', async () => {
    expect(await seenByBob()).toBeUndefined();
    const photo = await setPhoto(64);
    expect(await seenByBob()).toMatchObject({ _: 'userProfilePhoto', photoId: photo.id, dcId: 2 });
    for (const big of [false, true]) {
      const peer = bobs.peer(ann);
      const location = new tl.InputPeerPhotoFileLocation({ peer, photoId: photo.id, big });
      expect(same(await download(bobs, location), png(64, 64))).toBe(true);
    }
    const other = new tl.InputPeerPhotoFileLocation({ peer: bobs.peer(bob), photoId: photo.id });
    expect(await refusal(getFile(bobs, other))).toBe('400 LOCATION_INVALID');
    const full = await bobs.call(new users.GetFullUserRequest({ id: bobs.input(ann) }));
    const whole = full.fullUser.profilePhoto as tl.Photo;
    expect(same(await download(bobs, locationOf(whole)), png(64, 64))).toBe(true);
  });

  it('are listed, changed and deleted', async () => {
    const [first, second, third] = [await setPhoto(10), await setPhoto(20), await setPhoto(30)];
    const ids = async (fields = {}) => (await list(fields)).photos.map(({ id }) => id);
    expect(await ids()).toEqual([third.id, second.id, first.id]);
    expect((await list())._).toBe('photos.photos');
    expect(await ids({ offset: 1, limit: 1 })).toEqual([second.id]);
    expect(await list({ limit: 1 })).toMatchObject({ _: 'photos.photosSlice', count: 3 });
    expect(await ids({ maxId: third.id })).toEqual([second.id, first.id]);
    await anns.call(new photos.UpdateProfilePhotoRequest({ id: new tl.InputPhoto(first) }));
    expect((await seenByBob())?.photoId).toBe(first.id);
    await anns.call(new photos.UpdateProfilePhotoRequest({ id: new tl.InputPhotoEmpty() }));
    expect((await seenByBob())?.photoId).toBe(third.id);
    const gone = await anns.call(
      new photos.DeletePhotosRequest({ id: [new tl.InputPhoto(third), new tl.InputPhoto(first)] }),
    );
    expect(gone).toEqual([third.id]);
    expect(await ids()).toEqual([second.id]);
  });

  it('are pictures that were uploaded', async () => {
    const set = (fields: Partial<photos.UploadProfilePhotoRequest>) =>
      refusal(anns.call(new photos.UploadProfilePhotoRequest(fields)));
    expect(await set({})).toBe('400 PHOTO_FILE_MISSING');
    expect(await set({ file: await uploaded(anns, content(50), 'a.png') })).toBe(
      '400 IMAGE_PROCESS_FAILED',
    );
    const video = await uploaded(anns, content(50), 'a.mp4');
    expect(await set({ video })).toBe('400 VIDEO_FILE_INVALID');
    expect(await set({ file: video, bot: anns.input(bob) })).toBe('400 BOT_INVALID');
  });
});

describe('photos of groups and channels', () => {
  const chosen = async (side: number) =>
    new tl.InputChatUploadedPhoto({ file: await uploaded(anns, png(side, side), 'a.png') });

  it('of a group change with a service message', async () => {
    const group = createGroup(dc.world, { title: 'G', creator: ann, members: [bob] });
    const edit = (photo: tl.TypeInputChatPhoto) =>
      anns.call(new messages.EditChatPhotoRequest({ chatId: group.id, photo }));
    expect(await refusal(edit(new tl.InputChatPhotoEmpty()))).toBe('400 CHAT_NOT_MODIFIED');
    bobs.updates.length = 0;
    await edit(await chosen(40));
    const { updates, chats } = bobs.updates[0] as tl.Updates;
    const { message } = updates[0] as tl.UpdateNewMessage;
    const action = (message as tl.MessageService).action as tl.MessageActionChatEditPhoto;
    const photo = action.photo as tl.Photo;
    expect(same(await download(bobs, locationOf(photo)), png(40, 40))).toBe(true);
    expect(chats).toMatchObject([{ photo: { _: 'chatPhoto', photoId: photo.id } }]);
    const peer = new tl.InputPeerChat({ chatId: group.id });
    const location = new tl.InputPeerPhotoFileLocation({ peer, photoId: photo.id });
    expect(same(await download(bobs, location), png(40, 40))).toBe(true);
    const full = await bobs.call(new messages.GetFullChatRequest({ chatId: group.id }));
    expect(full.fullChat).toMatchObject({ chatPhoto: { _: 'photo', id: photo.id } });
    await edit(new tl.InputChatPhotoEmpty());
    expect(await refusal(getFile(bobs, location))).toBe('400 LOCATION_INVALID');
  });

  it('of a channel take the right to change it', async () => {
    const channel = createChannel(dc.world, { title: 'C', creator: ann, members: [bob] });
    const edit = async (device: Device, photo: tl.TypeInputChatPhoto) =>
      device.call(new channels.EditPhotoRequest({ channel: device.channel(channel), photo }));
    expect(await refusal(edit(bobs, await chosen(9)))).toBe('403 CHAT_ADMIN_REQUIRED');
    const updates = (await edit(anns, await chosen(9))) as tl.Updates;
    expect(updates.updates.map((one) => one._)).toEqual([
      'updateChannel',
      'updateNewChannelMessage',
    ]);
    const { photo } = updates.chats[0] as tl.Channel;
    const { photoId } = photo as tl.ChatPhoto;
    const location = new tl.InputPeerPhotoFileLocation({
      peer: bobs.channelPeer(channel),
      photoId,
    });
    expect(same(await download(bobs, location), png(9, 9))).toBe(true);
    // One that is there already.
    const { fullChat } = await anns.call(
      new channels.GetFullChannelRequest({ channel: anns.channel(channel) }),
    );
    const id = new tl.InputPhoto((fullChat as tl.ChannelFull).chatPhoto as tl.Photo);
    expect(await refusal(edit(anns, new tl.InputChatPhoto({ id })))).toBe('no error');
    expect(await refusal(edit(anns, new tl.InputChatPhoto({ id: new tl.InputPhotoEmpty() })))).toBe(
      '400 PHOTO_INVALID',
    );
  });
});
