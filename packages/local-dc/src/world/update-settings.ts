/** How the world numbers, keeps and hands out updates; `dc.updates` changes it. */
export class UpdateSettings {
  /** Plain messages are told, and answered, in the short forms where those say enough. */
  shortForms = true;
  /** Events of the common box that a difference goes back. */
  commonKept = 10_000;
  /** Events of a channel that its difference goes back. */
  channelKept = 100_000;
  /** Most events in one answer; null: 100, and for bots in channels as many as they ask for up to 100 000. */
  sliceSize: number | null = null;
  /** Seconds after which a client that looks at a channel is to ask again. */
  channelTimeout = 30;
}

/** Most events in one answer, if nobody says otherwise. */
const SLICE = 100;
const CHANNEL_SLICE_OF_BOTS = 100_000;

/** How many events an answer may have when `wanted` were asked for; undefined: as many as may be. */
export function sliceOf(
  { sliceSize }: UpdateSettings,
  wanted: number | undefined,
  of: 'common' | 'channel' | 'channel-of-bot' = 'common',
): number {
  const most = sliceSize ?? (of === 'channel-of-bot' ? CHANNEL_SLICE_OF_BOTS : SLICE);
  return Math.min(Math.max(wanted ?? most, 1), most);
}
