/** Objects within objects; real traffic stays below 30. */
export const MAX_DEPTH = 100;

/** Longest `string` or `bytes`, in bytes: TL lengths have 24 bits. */
export const MAX_LENGTH = 0xffffff;

/** Most bytes that all `gzip_packed` inside one packet may inflate to together. */
export const MAX_INFLATED = 32 * 1024 * 1024;

/** Most items without any bytes on the wire that all vectors of a packet may have together. */
export const MAX_EMPTY_ITEMS = 0xffff;

/** Packets up to this size are read from a long-lived buffer; their `bytes` fields are copies. */
export const SLAB_SIZE = 4096;

/** Size of the buffers that longer `bytes` of small packets are copied into, several to a buffer. */
export const POOL_SIZE = 16384;

/** Ids that have a meaning of their own in every schema. */
export const ID_VECTOR = 0x1cb5c415;
export const ID_BOOL_TRUE = 0x997275b5 | 0;
export const ID_BOOL_FALSE = 0xbc799737 | 0;
export const ID_TRUE = 0x3fedd339;
export const ID_GZIP_PACKED = 0x3072cfa1;
