import * as tl from '@tlgen/telegram';

interface Span {
  readonly offset: number;
  readonly length: number;
}

/** What the servers find in a text by themselves, the first kind that fits a place. */
const KINDS: readonly (readonly [RegExp, new (span: Span) => tl.TypeMessageEntity])[] = [
  [/\bhttps?:\/\/[^\s<>"]*[^\s<>"'.,;:!?)\]]/gi, tl.MessageEntityUrl],
  [/\b[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}\b/gi, tl.MessageEntityEmail],
  [/(?<![\w@/])@[a-z]\w{3,31}\b/gi, tl.MessageEntityMention],
  [/(?<![\p{L}\p{N}_#/&])#(?=[\p{N}_]*\p{L})[\p{L}\p{N}_]{1,256}/gu, tl.MessageEntityHashtag],
  [/(?<![\w/<>])\/[a-z0-9_]{1,64}(?:@[a-z]\w{3,31})?(?![\w/])/gi, tl.MessageEntityBotCommand],
];

/** Links, addresses, mentions, hashtags and commands that are under no link or code already. */
export function foundEntities(
  text: string,
  given: readonly tl.TypeMessageEntity[],
): tl.TypeMessageEntity[] {
  const taken: Span[] = given.filter(
    (one) =>
      one instanceof tl.MessageEntityCode ||
      one instanceof tl.MessageEntityPre ||
      one instanceof tl.MessageEntityTextUrl ||
      one instanceof tl.MessageEntityMentionName ||
      KINDS.some(([, Kind]) => one instanceof Kind),
  );
  const found: tl.TypeMessageEntity[] = [];
  for (const [pattern, Kind] of KINDS) {
    for (const { index, 0: match } of text.matchAll(pattern)) {
      const span: Span = { offset: index, length: match.length };
      if (taken.some((one) => overlaps(one, span))) continue;
      taken.push(span);
      found.push(new Kind(span));
    }
  }
  return found;
}

const overlaps = (a: Span, b: Span): boolean =>
  a.offset < b.offset + b.length && b.offset < a.offset + a.length;
