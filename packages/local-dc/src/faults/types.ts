/** `incoming`: from the client to the server; `outgoing`: from the server to the client. */
export type FaultDirection = 'incoming' | 'outgoing';

/** A message inside a packet, as `match` sees it. */
export interface FaultMessage {
  readonly msgId: bigint;
  /** Constructor id of the body, unsigned; 0 when the body is too short to have one. */
  readonly constructorId: number;
  /** Answers: the id of the request's message; else null. */
  readonly answerTo: bigint | null;
  /** Answers: the constructor id of the request, wrappers and all; requests: their own; else null. */
  readonly requestId: number | null;
}

/** A packet (or, for `drop-answer`, one answer) that a fault may happen to. */
export interface FaultSubject {
  readonly direction: FaultDirection;
  readonly dcId: number;
  /** Number of the connection: 1, 2 … in the order they were opened. */
  readonly connection: number;
  /** Part of the key exchange, not encrypted. */
  readonly handshake: boolean;
  /** Bytes of the packet. */
  readonly size: number;
  /** Null in the key exchange. */
  readonly sessionId: bigint | null;
  /** What is in the packet, containers opened. */
  readonly messages: readonly FaultMessage[];
}

/** When a fault happens. Without any of these: every time, until it is removed. */
export interface FaultTrigger {
  /** Happens that often, then no more. */
  readonly times?: number | undefined;
  /** Lets that many matching packets pass first. */
  readonly skip?: number | undefined;
  /** 0 … 1: happens to that share of the packets that match, drawn from the server's random source. */
  readonly probability?: number | undefined;
  /** Happens only to what this returns true for. */
  readonly match?: ((subject: FaultSubject) => boolean) | undefined;
}

/**
 * Something that goes wrong. Packets are dropped, delayed … as whole packets, after the server has decrypted them
 * (incoming) or before it writes them to the connection (outgoing).
 */
export type Fault = FaultTrigger &
  (
    | { readonly kind: 'drop'; readonly on: FaultDirection }
    | {
        readonly kind: 'duplicate';
        readonly on: FaultDirection;
        /** Copies beside the original. Default 1. */
        readonly copies?: number | undefined;
      }
    | {
        readonly kind: 'delay';
        readonly on: FaultDirection;
        /** Milliseconds, or a range to draw from. */
        readonly ms: number | readonly [least: number, most: number];
      }
    /** Held back until another packet of the same connection and direction has passed, or `ms` are over (default 200). */
    | { readonly kind: 'reorder'; readonly on: FaultDirection; readonly ms?: number | undefined }
    /** The connection is closed before the packet passes (it is lost) or right after (before anything answers it). */
    | { readonly kind: 'cut'; readonly on: FaultDirection; readonly when: 'before' | 'after' }
    /** Incoming packets are refused with bad_server_salt and the salts of the key are renewed. */
    | { readonly kind: 'bad-salt' }
    /** Incoming packets are refused with bad_msg_notification and this code (16 … 20, 32 … 35, 64). */
    | { readonly kind: 'bad-msg'; readonly code: number }
    /** Incoming packets are answered with a transport error (default -404) and not processed. */
    | { readonly kind: 'transport-error'; readonly code?: number | undefined }
    /** Requests run, but their answers get lost on the way; `match` sees one answer at a time. */
    | { readonly kind: 'drop-answer' }
    /** The server's clock is off by `ms` (positive: ahead) while the fault is there; times and match do not apply. */
    | { readonly kind: 'clock-skew'; readonly ms: number }
  );

/** A fault that was added. */
export interface ActiveFault {
  /** How often it has happened. */
  readonly count: number;
  /** Ends it. What it already holds back still passes when its time comes. */
  remove(): void;
}
