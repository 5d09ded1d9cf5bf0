/** Most characters of a message, as `help.getConfig` announces. */
export const MESSAGE_LENGTH_MAX = 4096;

/** Most items that one answer lists. */
export const PAGE_MAX = 100;
