/** Where a connection's packets go: the core calls it, a listener or a simulation implements it. */
export interface ConnectionSink {
  /** Sends a packet. Polling connections get one packet at most: it is the response. */
  packet(bytes: Uint8Array): void;
  /** Sends the token of a packet whose sender asked for a quick acknowledgement. */
  quickAck(token: number): void;
  /** Sends a transport error: -404, -444 … Polling connections: it is the response. */
  error(code: number): void;
  /**
   * Closes the connection; polling connections: ends the request with an empty response.
   *
   * @param broken - the connection is to break off: a request then ends without any response.
   */
  close(broken: boolean): void;
}

/** What a listener knows of a connection. */
export interface OpenOptions {
  /** Data center that listens there: 1, 2 … */
  readonly dcId: number;
  /** The server can only answer (http): the connection is one request, it takes one packet and ends after its response. */
  readonly polling?: boolean | undefined;
  /** The client announced a media connection (negative id in the obfuscated header): no updates are pushed there. */
  readonly media?: boolean | undefined;
}
