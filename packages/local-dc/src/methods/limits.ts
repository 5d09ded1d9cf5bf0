/** Most items that one answer lists. */
export const PAGE_MAX = 100;

/** Items that one answer lists when none are asked for. */
export const PAGE_DEFAULT = 20;
