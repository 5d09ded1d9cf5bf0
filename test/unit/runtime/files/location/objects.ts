import { base } from '@tlgen/telegram';

export const REFERENCE = new Uint8Array([1, 2, 3]);
export const DATE = 1_706_702_400; // 2024-01-31 12:00:00 UTC

const size = (type: string, side: number, bytes: number): base.PhotoSize =>
  new base.PhotoSize({ type, w: side, h: side, size: bytes });

/** Version 1, 40 × 30, four bytes of content. */
export const STRIPPED = new Uint8Array([1, 30, 40, 0xd0, 0xd1, 0xd2, 0xd3]);
export const OUTLINE = new Uint8Array([192, 5, 64 + 7, 128 + 9]);

export function photo(changes: Partial<base.Photo> = {}): base.Photo {
  return new base.Photo({
    id: 11n,
    accessHash: 12n,
    fileReference: REFERENCE,
    date: DATE,
    sizes: [
      new base.PhotoStrippedSize({ type: 'i', bytes: STRIPPED }),
      size('m', 320, 10_000),
      new base.PhotoSizeProgressive({ type: 'y', w: 1280, h: 1280, sizes: [5_000, 90_000] }),
      size('x', 800, 50_000),
    ],
    videoSizes: [new base.VideoSize({ type: 'u', w: 640, h: 640, size: 200_000 })],
    dcId: 4,
    ...changes,
  });
}

export function document(
  attributes: base.TypeDocumentAttribute[] = [
    new base.DocumentAttributeFilename({ fileName: 'notes.txt' }),
  ],
  changes: Partial<base.Document> = {},
): base.Document {
  return new base.Document({
    id: 21n,
    accessHash: 22n,
    fileReference: REFERENCE,
    date: DATE,
    mimeType: 'text/plain',
    size: 12_345n,
    thumbs: [
      new base.PhotoPathSize({ type: 'j', bytes: OUTLINE }),
      new base.PhotoCachedSize({ type: 's', w: 90, h: 90, bytes: new Uint8Array(77) }),
      size('m', 320, 4_000),
    ],
    videoThumbs: [new base.VideoSize({ type: 'v', w: 320, h: 320, size: 60_000 })],
    dcId: 2,
    attributes,
    ...changes,
  });
}

export const user = (id: bigint): base.PeerUser => new base.PeerUser({ userId: id });
export const channel = (id: bigint): base.PeerChannel => new base.PeerChannel({ channelId: id });

export function message(
  media: base.TypeMessageMedia | undefined,
  peerId: base.TypePeer = channel(100n),
  id = 7,
  changes: Partial<base.Message> = {},
): base.Message {
  return new base.Message({ id, peerId, date: DATE, message: '', media, ...changes });
}

export function service(
  action: base.TypeMessageAction,
  peerId: base.TypePeer = user(5n),
): base.MessageService {
  return new base.MessageService({ id: 9, peerId, date: DATE, action });
}

export const photoMedia = (one: base.TypePhoto = photo()): base.MessageMediaPhoto =>
  new base.MessageMediaPhoto({ photo: one });

export const documentMedia = (one: base.TypeDocument = document()): base.MessageMediaDocument =>
  new base.MessageMediaDocument({ document: one });

export function page(changes: Partial<base.WebPage> = {}): base.WebPage {
  return new base.WebPage({
    id: 1n,
    url: 'https://example.org/p',
    displayUrl: 'example.org/p',
    hash: 0,
    ...changes,
  });
}

export const game = (): base.Game =>
  new base.Game({
    id: 31n,
    accessHash: 32n,
    shortName: 'g',
    title: 'G',
    description: '',
    photo: photo(),
  });

export function story(media: base.TypeMessageMedia = photoMedia()): base.StoryItem {
  return new base.StoryItem({ id: 3, date: DATE, expireDate: DATE + 86_400, media });
}

export const webDocument = (): base.WebDocument =>
  new base.WebDocument({
    url: 'https://example.org/a.png',
    accessHash: 41n,
    size: 500,
    mimeType: 'image/png',
    attributes: [new base.DocumentAttributeFilename({ fileName: 'a.png' })],
  });

export function invoice(changes: Partial<base.MessageMediaInvoice> = {}): base.MessageMediaInvoice {
  return new base.MessageMediaInvoice({
    title: 't',
    description: 'd',
    currency: 'XTR',
    totalAmount: 1n,
    startParam: '',
    photo: webDocument(),
    ...changes,
  });
}

export const extended = (media: base.TypeMessageMedia): base.MessageExtendedMedia =>
  new base.MessageExtendedMedia({ media });

export const paid = (...media: base.TypeMessageExtendedMedia[]): base.MessageMediaPaidMedia =>
  new base.MessageMediaPaidMedia({ starsAmount: 5n, extendedMedia: media });

export function stickerSet(changes: Partial<base.StickerSet> = {}): base.StickerSet {
  return new base.StickerSet({
    id: 51n,
    accessHash: 52n,
    title: 's',
    shortName: 's',
    thumbs: [size('s', 128, 3_000)],
    thumbDcId: 3,
    thumbVersion: 8,
    count: 1,
    hash: 0,
    ...changes,
  });
}

const text = (value: string): base.TextWithEntities =>
  new base.TextWithEntities({ text: value, entities: [] });

export function poll(
  changes: Partial<base.Poll> = {},
  results: Partial<base.PollResults> = {},
  attachedMedia?: base.TypeMessageMedia,
): base.MessageMediaPoll {
  return new base.MessageMediaPoll({
    poll: new base.Poll({
      id: 61n,
      question: text('?'),
      answers: ['a', 'b'].map(
        (one, at) => new base.PollAnswer({ text: text(one), option: new Uint8Array([at]) }),
      ),
      hash: 9n,
      ...changes,
    }),
    results: new base.PollResults({ ...results }),
    attachedMedia,
  });
}

export const updates = (list: base.TypeUpdate[]): base.Updates =>
  new base.Updates({ updates: list, users: [], chats: [], date: DATE, seq: 1 });

export const newMessage = (one: base.TypeMessage): base.UpdateNewMessage =>
  new base.UpdateNewMessage({ message: one, pts: 1, ptsCount: 1 });

export const aUser = (changes: Partial<base.User> = {}): base.User =>
  new base.User({
    id: 5n,
    accessHash: 6n,
    photo: new base.UserProfilePhoto({ photoId: 71n, strippedThumb: STRIPPED, dcId: 4 }),
    ...changes,
  });

/** All that `photosIn` wants, and nothing more. */
export const userFull = (changes: Partial<base.UserFull>): base.UserFull =>
  new base.UserFull({
    id: 5n,
    settings: new base.PeerSettings({}),
    notifySettings: new base.PeerNotifySettings({}),
    commonChatsCount: 0,
    ...changes,
  });

export const chatFull = (chatPhoto: base.TypePhoto): base.ChatFull =>
  new base.ChatFull({
    id: 8n,
    about: '',
    participants: new base.ChatParticipantsForbidden({ chatId: 8n }),
    chatPhoto,
    notifySettings: new base.PeerNotifySettings({}),
  });
