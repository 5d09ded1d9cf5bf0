import { TlObject } from '@tlgen/codec';

/** Called with each photo or document. */
export type Note = (type: 'photo' | 'document', id: bigint) => void;

type Values = Readonly<Record<string, unknown>>;

/** Media inside media: what a poll's answers have, what was paid for. */
const MAX_DEPTH = 3;

/** The fields of an object of the schema; undefined for all else. */
export function valuesOf(value: unknown): Values | undefined {
  return value instanceof TlObject ? (value as unknown as Values) : undefined;
}

/** Tells of a photo or document that may be in a field. */
export function noteFile(value: unknown, note: Note): void {
  if (!(value instanceof TlObject)) return;
  const name = value._;
  if (name !== 'photo' && name !== 'document') return;
  const { id } = value as unknown as Values;
  if (typeof id === 'bigint') note(name, id);
}

/** Tells of all photos and documents in a vector. */
export function noteFiles(list: unknown, note: Note): void {
  if (Array.isArray(list)) for (const one of list as readonly unknown[]) noteFile(one, note);
}

/** Tells of the photos and documents of a `MessageMedia`, by the fields that hold them. */
export function noteMedia(value: unknown, note: Note, depth = 0): void {
  if (!(value instanceof TlObject) || depth > MAX_DEPTH) return;
  const media = value as unknown as Values;
  const inside = (held: unknown): void => {
    noteMedia(held, note, depth + 1);
  };
  switch (value._) {
    case 'messageMediaPhoto':
      noteFile(media['photo'], note);
      noteFile(media['video'], note);
      return;
    case 'messageMediaDocument':
      noteFile(media['document'], note);
      noteFile(media['videoCover'], note);
      noteFiles(media['altDocuments'], note);
      return;
    case 'messageMediaWebPage':
      notePage(media['webpage'], note);
      return;
    case 'messageMediaGame': {
      const game = valuesOf(media['game']);
      noteFile(game?.['photo'], note);
      noteFile(game?.['document'], note);
      return;
    }
    case 'messageMediaInvoice':
      inside(valuesOf(media['extendedMedia'])?.['media']);
      return;
    case 'messageMediaPaidMedia':
      each(media['extendedMedia'], (one) => {
        inside(one['media']);
      });
      return;
    case 'messageMediaStory':
      noteStory(media['story'], note, depth + 1);
      return;
    case 'messageMediaPoll':
      inside(media['attachedMedia']);
      inside(valuesOf(media['results'])?.['solutionMedia']);
      each(valuesOf(media['poll'])?.['answers'], (one) => {
        inside(one['media']);
      });
      return;
    default:
      return;
  }
}

/** Tells of the files of a `webPage` and of the article that comes with it. */
export function notePage(value: unknown, note: Note): void {
  const page = valuesOf(value);
  if (!page) return;
  noteFile(page['photo'], note);
  noteFile(page['document'], note);
  noteRich(page['cachedPage'], note);
}

/** Tells of the files of an article or a rich message. */
export function noteRich(value: unknown, note: Note): void {
  const rich = valuesOf(value);
  if (!rich) return;
  noteFiles(rich['photos'], note);
  noteFiles(rich['documents'], note);
}

/** Tells of the files of a `storyItem`. */
export function noteStory(value: unknown, note: Note, depth = 0): void {
  const story = valuesOf(value);
  if (!story) return;
  noteMedia(story['media'], note, depth);
  noteFile(story['music'], note);
}

/** Runs over the objects of a vector. */
export function each(list: unknown, work: (one: Values) => void): void {
  if (!Array.isArray(list)) return;
  for (const one of list as readonly unknown[]) {
    const values = valuesOf(one);
    if (values) work(values);
  }
}
