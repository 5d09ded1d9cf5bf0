import { LocalDc, type TestPerson } from '@tlgen/local-dc';
import type { base } from '@tlgen/telegram';
import { expect } from 'vitest';
import { person, type Person } from '../end-to-end/people.js';
import { strangerSchemas } from '../support/strangers/layers.js';
import { amplitudes, type Facts } from './files-cases.js';

/** Two data centers; our client as Ann, and whom the other library signs in as: Bob. */
export interface FilesWorld {
  readonly dc: LocalDc;
  readonly ann: Person;
  readonly annUser: TestPerson;
  readonly bobUser: TestPerson;
  readonly bobAccount: { readonly phone: string; readonly code: string };
}

export async function filesWorld(): Promise<FilesWorld> {
  const layers = await strangerSchemas();
  const dc = await LocalDc.start({ layers, dataCenters: [2, 4], cdnDataCenters: [203] });
  const annUser = await dc.createUser({ firstName: 'Ann', username: 'annie' });
  const bobUser = await dc.createUser({ firstName: 'Bob', username: 'bobby' });
  const bobAccount = { phone: bobUser.phone, code: dc.loginCode };
  return { dc, ann: await person(dc, annUser), annUser, bobUser, bobAccount };
}

/** The messages that came last, oldest first, as our client sees them. */
export async function lastOf({ client }: Person, peer: string, limit = 1): Promise<base.Message[]> {
  const messages: base.Message[] = [];
  for await (const one of client.peers.history(peer, { limit }))
    if (one._ === 'message') messages.unshift(one);
  if (messages.length < limit) throw new Error(`there are ${messages.length} messages`);
  return messages;
}

/** What our client says of a file: `info`, and the attributes of its document. */
export function factsOf({ client }: Person, message: base.Message): Facts {
  const { kind, name, mimeType, size } = client.files.info(message);
  const { media } = message;
  if (media?._ === 'messageMediaPhoto') {
    const sizes = media.photo?._ === 'photo' ? media.photo.sizes : [];
    const largest = sizes.at(-1);
    if (largest?._ !== 'photoSize') throw new Error('the photo has no size');
    return { kind, size, width: largest.w, height: largest.h };
  }
  if (media?._ !== 'messageMediaDocument' || media.document?._ !== 'document')
    throw new Error(`the message ${message.id} has no document`);
  const { attributes } = media.document;
  const video = attributes.find((one) => one._ === 'documentAttributeVideo');
  const audio = attributes.find((one) => one._ === 'documentAttributeAudio');
  const named = attributes.some((one) => one._ === 'documentAttributeFilename');
  return {
    kind,
    name: named ? name : undefined,
    mimeType,
    size,
    duration: video?.duration ?? audio?.duration,
    width: video?.w,
    height: video?.h,
    streaming: video?.supportsStreaming,
    title: audio?.title,
    performer: audio?.performer,
    waveform: amplitudes(audio?.waveform),
  };
}

/** Nothing was refused but salts, which GramJS begins each connection with zeros for, and nothing was missing. */
export function expectQuiet(dc: LocalDc): void {
  expect(dc.refusals.list.filter(({ kind }) => kind !== 'bad-salt')).toEqual([]);
  expect([...dc.unhandled]).toEqual([]);
}
