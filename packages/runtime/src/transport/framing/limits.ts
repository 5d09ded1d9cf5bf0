/**
 * Longest packet a client sends. Telegram's servers accept messages of about 1 MiB (a 512 KiB file part is the
 * largest thing the API asks for) and drop the connection above it.
 */
export const MAX_PACKET_FROM_CLIENT = 1 << 20;

/**
 * Longest packet a server may send. Answers may be larger than requests, but a length that one hostile word can
 * announce must not let memory grow without end.
 */
export const MAX_PACKET_FROM_SERVER = 1 << 24;

/** Most bytes of padding in the padded intermediate framing. */
export const MAX_PADDING = 15;

/** Which end of the connection a codec stands at. */
export type Side = 'client' | 'server';

/** Longest packet that the given side may send. */
export function maxPacketFrom(sender: Side): number {
  return sender === 'client' ? MAX_PACKET_FROM_CLIENT : MAX_PACKET_FROM_SERVER;
}
