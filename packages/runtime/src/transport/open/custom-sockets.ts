import type { SocketFactory } from '../../platform/sockets.js';
import type { Clock } from '../../platform/types.js';
import { hostPort } from '../proxy/address.js';
import { withLimits } from '../socket/limits.js';

/**
 * A factory of the user's own, held to what it was asked for: an attempt ends in time and by its signal, whatever the
 * factory does, and a socket that comes after that is closed. The signal it is given is for connecting only, and
 * never aborts once there is a socket.
 */
export function customSockets(factory: SocketFactory, clock: Clock): SocketFactory {
  return {
    connect(target, options) {
      const name = `Connecting to ${hostPort(target.host, target.port)} by the given sockets`;
      return withLimits({ ...options, clock }, name, (done, fail) => {
        const attempt = new AbortController();
        const { timeout } = options;
        factory
          .connect(target, { timeout, signal: attempt.signal })
          .then((socket) => {
            if (attempt.signal.aborted) socket.close();
            else done(socket);
          })
          .catch(fail);
        return () => attempt.abort(options.signal.reason);
      });
    },
  };
}
