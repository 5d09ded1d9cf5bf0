import type { DuplexSocket, SocketFactory, SocketTarget } from '../../platform/sockets.js';
import type { Clock, TlsUpgrade } from '../../platform/types.js';
import { TimeBudget, transportErrorOf, type Limits } from '../socket/limits.js';
import { negotiate, type Conversation } from '../socket/negotiate.js';
import { TransportError } from '../types.js';

/** What a proxy stands on: how it is reached itself, and TLS for targets behind it. */
export interface ProxyHost {
  readonly sockets: SocketFactory;
  readonly clock: Clock;
  readonly secure?: TlsUpgrade | undefined;
}

/** Address and credentials of a proxy. */
export interface ProxySettings {
  readonly host: string;
  readonly port: number;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
}

/**
 * A factory whose connections all go through a proxy. When the proxy fails, the connection fails: there is no way
 * around it.
 *
 * @param converse - the conversation that asks the proxy for a target.
 */
export function proxySockets(
  name: string,
  proxy: ProxySettings,
  host: ProxyHost,
  converse: (target: SocketTarget) => Conversation,
): SocketFactory {
  return {
    async connect(target, options) {
      const limits: Limits = { ...options, clock: host.clock };
      const budget = new TimeBudget(limits);
      const conversation = converse(target);
      const { secure } = host;
      if (target.tls !== undefined && secure === undefined) {
        throw new TransportError('unsupported', `This host has no TLS behind the ${name} proxy`);
      }
      const direct = await reach(name, proxy, host, budget.rest());
      const socket = await negotiate(direct, conversation, budget.rest());
      if (target.tls === undefined || secure === undefined) return socket;
      return secure(socket, target.tls, budget.rest()).catch((error: unknown) => {
        socket.close();
        throw transportErrorOf(error, options.signal);
      });
    },
  };
}

async function reach(
  name: string,
  proxy: ProxySettings,
  host: ProxyHost,
  limits: Limits,
): Promise<DuplexSocket> {
  try {
    return await host.sockets.connect({ host: proxy.host, port: proxy.port }, limits);
  } catch (error) {
    const known = transportErrorOf(error, limits.signal);
    if (!(known instanceof TransportError) || known.code !== 'connection') throw known;
    const at = `${proxy.host}:${proxy.port}`;
    throw new TransportError(
      'proxy',
      `The ${name} proxy ${at} cannot be reached: ${known.message}`,
      { cause: error },
    );
  }
}

/** A refusal by the proxy, or something that is no proxy. */
export function proxyError(name: string, reason: string, cause?: unknown): TransportError {
  return new TransportError('proxy', `The ${name} proxy ${reason}`, { cause });
}
