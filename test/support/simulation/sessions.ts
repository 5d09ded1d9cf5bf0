import { Session } from '../../../packages/runtime/src/session/session.js';

/** The sessions that were opened. */
export interface SessionWatch {
  readonly seen: ReadonlySet<Session>;
  /** Forgets all but the last. */
  clear(): void;
  stop(): void;
}

/** Notes the sessions that an engine opens: it does not show them. */
export function watchSessions(): SessionWatch {
  const seen = new Set<Session>();
  const { connected } = Session.prototype;
  Session.prototype.connected = function (this: Session, ...args): void {
    seen.add(this);
    connected.apply(this, args);
  };
  return {
    seen,
    clear: () => {
      for (const session of [...seen].slice(0, -1)) seen.delete(session);
    },
    stop: () => {
      Session.prototype.connected = connected;
    },
  };
}
