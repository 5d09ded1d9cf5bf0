import type { CallOptions } from '@tlgen/codec';
import { RpcError } from '../../core/errors.js';
import type { Found, PeerLookups } from './lookups.js';
import type { PeerRecord } from '../memory/records.js';
import type { NameReference } from '../parse/reference.js';
import { SharedLoad } from './shared-load.js';
import type { PeerStore } from '../memory/store.js';
import type { PeersContext } from '../types.js';
import { namePeer } from './unknown-peer.js';

/** How long a username or phone number is taken for granted, milliseconds: a day. Then it is looked up again. */
const NAME_TTL = 86_400_000;

/** Peers by what they are called: from memory while that is fresh, else from the server. */
export class NamedPeers {
  /** Look-ups under way, by name: who asks for the same meanwhile waits for the same. */
  private readonly loads = new Map<string, SharedLoad<Found>>();

  constructor(
    private readonly context: PeersContext,
    private readonly store: PeerStore,
    private readonly lookups: PeerLookups,
  ) {}

  async find(reference: NameReference, options: CallOptions): Promise<Found> {
    const peer = await this.remembered(reference);
    if (peer && isWhole(peer) && this.context.now() - peer.seenAt < NAME_TTL) return { peer };
    try {
      return await this.ask(reference, options);
    } catch (error) {
      // A flood wait, say: what was true a day ago is better than nothing.
      if (!peer || !(error instanceof RpcError)) throw error;
      const name = namePeer(reference);
      this.context.log.log('notice', `${name} is taken from memory: ${error.message}`);
      return { peer };
    }
  }

  /** The server alone. */
  ask(reference: NameReference, options: CallOptions): Promise<Found> {
    // Its time is this caller's alone.
    if (options.timeout !== undefined) return this.lookups.byName(reference, options);
    const key = loadKey(reference);
    let load = this.loads.get(key);
    if (!load || load.isGivenUp) {
      const fresh = new SharedLoad<Found>((signal) => {
        const work = this.lookups.byName(reference, { signal });
        const done = (): void => {
          if (this.loads.get(key) === fresh) this.loads.delete(key);
        };
        work.then(done, done);
        return work;
      });
      this.loads.set(key, (load = fresh));
    }
    return load.wait(options.signal, `looking up ${namePeer(reference)}`);
  }

  private remembered(reference: NameReference): Promise<PeerRecord | null> {
    if (reference.kind === 'username') return this.store.byUsername(reference.username);
    if (reference.kind === 'phone') return this.store.byPhone(reference.phone);
    return Promise.resolve(null);
  }
}

/** Whether it can be named to the server at any time; asking for others by name makes them so. */
const isWhole = ({ type, accessHash, min }: PeerRecord): boolean =>
  type === 'chat' || (accessHash !== null && !min);

function loadKey(reference: NameReference): string {
  switch (reference.kind) {
    case 'username':
      return `@${reference.username.toLowerCase()}`;
    case 'phone':
      return `+${reference.phone}`;
    case 'invite':
      return `invite ${reference.hash}`;
    case 'support':
      return 'support';
  }
}
