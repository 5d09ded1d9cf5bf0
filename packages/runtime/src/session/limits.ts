/** Most messages of one container, both ways. */
export const MAX_CONTAINER_MESSAGES = 1020;

/** Calls are gathered into one container up to this many bytes; a larger call travels without other calls. */
export const CONTAINER_BYTES = 64 * 1024;

/** Longest serialized call: the servers take packets of 1 MiB, and a packet holds a little more than the call. */
export const MAX_CALL_BYTES = 1_044_404;

/** Most message ids in one service message, both ways. */
export const MAX_IDS = 8192;

/** Most bytes that all gzip_packed of one packet may inflate to together. */
export const MAX_INFLATED = 32 * 1024 * 1024;

/** gzip_packed inside gzip_packed. */
export const MAX_GZIP_DEPTH = 3;

/** How often a call is sent again after the server refused its message, before it is given up. */
export const MAX_REFUSALS = 5;

/** Why a repeatable call is lost that was abandoned as often as it may be sent: to send it again would begin anew. */
export const REPEATED_TOO_OFTEN = 'the server forgot it as often as it may be sent';

/** How many service messages without an answer are remembered. */
export const MAX_SERVICE = 256;
