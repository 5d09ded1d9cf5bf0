/** How long a gap may fill by itself, milliseconds. */
export const GAP_WAIT = 500;

/** A box without news for so long is asked about, milliseconds. */
export const IDLE = 15 * 60 * 1000;

/** Updates of one channel difference. */
export const CHANNEL_LIMIT = 100;
export const CHANNEL_LIMIT_OF_BOTS = 100_000;

/** Channel differences under way at one time. */
export const PARALLEL = 10;

/** Updates of one box that wait for a gap to fill. */
export const PENDING = 1000;

/** Deliveries that nobody acknowledged yet. */
export const OUTSTANDING = 10_000;

/** Secret messages that no journal holds yet. */
export const DURABLE = 10_000;

/** Channels that are followed; for one more, the one that is silent longest is let go. */
export const CHANNELS = 20_000;

/** Answers of one box in a row, each with more to come, that may bring nothing before it is asked less often. */
export const BARREN = 1000;

/** Milliseconds before a failed request is asked again; doubles up to the second. */
export const FIRST_RETRY = 1_000;
export const LONGEST_RETRY = 64_000;

/** How often a channel is tried that cannot be addressed, for about a minute, before its updates count as lost. */
export const UNKNOWN_TRIES = 6;
