/**
 * Which news of connections and sessions ask for a difference: one for each reconnect, and one for each session that the
 * server made anew, unless it is that of a new connection, whose own difference covers it.
 */
export class Reconnects {
  /** No common difference was answered since the connection was made; at first, since the start. */
  #pending = true;
  /** The session of the connection is still to come. */
  #newConnection = false;

  /** The connection is ready. @returns whether a difference is to be asked for. */
  connected(): boolean {
    this.#newConnection = true;
    // the one at the start is not answered: it is sent by way of this connection
    if (this.#pending) return false;
    this.#pending = true;
    return true;
  }

  /** The server has made a session. @returns whether a difference is to be asked for. */
  sessionCreated(): boolean {
    const covered = this.#pending && this.#newConnection;
    this.#newConnection = false;
    return !covered;
  }

  /** A common difference was answered. */
  answered(): void {
    this.#pending = false;
  }
}
