/** Small parts, so that uploads of many parts are quick. */
export const SMALL_LIMITS = { PART_SIZE: 1024, SMALL_LIMIT: 8 * 1024, HEAD_SIZE: 64 };

export const SERVER_LIMITS = { part: SMALL_LIMITS.PART_SIZE, small: SMALL_LIMITS.SMALL_LIMIT };
