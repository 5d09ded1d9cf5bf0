import type { TypeUpdates } from '@tlgen/telegram';
import type { Layers } from '../layers/index.js';
import type { ServerCore } from '../protocol/index.js';
import { noteMissed } from '../world/channels/news.js';
import type { Delivery } from '../world/types.js';
import type { World } from '../world/world.js';
import { PushGate } from './gate.js';
import type { Push } from './types.js';

/** A push, and the session that knows it by its answer. */
interface Addressed extends Push {
  readonly exceptSession: bigint | undefined;
}

/** Brings updates of the world to the sessions of those whom they concern, each in its layer. */
export class Pusher {
  readonly gate: PushGate;

  /** @param random - a number from 0 up to 1: the luck of what goes wrong with pushes. */
  constructor(
    private readonly world: World,
    private readonly core: Pick<ServerCore, 'push' | 'later'>,
    private readonly layers: Pick<Layers, 'update'>,
    random: () => number,
  ) {
    this.gate = new PushGate({
      random,
      after: (milliseconds, run) => core.later(milliseconds, run),
      deliver: (push) => this.#deliver(push as Addressed),
      lost: (push) => this.#lost(push),
    });
  }

  /** Updates for a user: each sign-in has its own copy, which may have its own fate. */
  deliver({ userId, keyId, exceptSession, about, build }: Delivery): void {
    for (const authorization of this.world.homesOf(userId)) {
      if (keyId !== undefined && authorization.keyId !== keyId) continue;
      // What is lost has its seq all the same.
      const updates = build(authorization);
      const push: Addressed = { userId, keyId: authorization.keyId, about, updates, exceptSession };
      this.gate.pass(push);
    }
  }

  /** Updates for a key, whether anybody is signed in there or not: nothing goes wrong with these. */
  toKey(keyId: bigint, updates: TypeUpdates, exceptSession?: bigint): number {
    const written = new Map<number, Uint8Array | null>();
    let spared = 0;
    const reached = this.core.push(keyId, ({ id, layer }) => {
      if (id === exceptSession) spared++;
      if (id === exceptSession || layer === 0) return null;
      let bytes = written.get(layer);
      if (bytes === undefined) {
        bytes = this.layers.update(updates, layer);
        written.set(layer, bytes);
      }
      return bytes;
    });
    return reached + spared;
  }

  #deliver(push: Addressed): void {
    // Held back until after the sign-in ended: nobody is there to be told.
    if (this.world.authorizations.get(push.keyId)?.userId !== push.userId) return;
    const reached = this.toKey(push.keyId, push.updates, push.exceptSession);
    if (reached === 0) this.#lost(push);
  }

  #lost({ keyId, about }: Push): void {
    const authorization = this.world.authorizations.get(keyId);
    if (authorization) noteMissed(authorization, about);
  }
}
