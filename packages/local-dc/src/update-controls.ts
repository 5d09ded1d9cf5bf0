import * as tl from '@tlgen/telegram';
import type { ServerCore } from './protocol/index.js';
import { wholeNumber } from './pushes/check.js';
import type { PushGate } from './pushes/gate.js';
import type { ActivePushFault, PushCopies, PushHold, PushTrigger } from './pushes/types.js';
import { userOf, type UserLike } from './scene.js';
import { tell, tellTooLong } from './world/deliveries.js';
import { channelNamed, eventsOf, type BoxHistoryEntry } from './scene-history.js';
import type { UpdateSettings } from './world/update-settings.js';
import type { World } from './world/world.js';

/** How far differences go back, in events. What is left out stays as it is. */
export interface KeptEvents {
  /** Of private chats and basic groups together. Default 10 000. */
  readonly common?: number | undefined;
  /** Of each channel and supergroup. Default 100 000. */
  readonly channel?: number | undefined;
}

/**
 * What happens to updates, as `dc.updates`: pushes that get lost, come twice, late or in another order, differences
 * that are too long, and what a client has to have been told.
 *
 * ```ts
 * const lost = dc.updates.lose({ user: ann, probability: 0.2 });
 * dc.send(bob, ann, 'hello');
 * lost.stop();
 * console.log(lost.count, dc.updates.ptsOf(ann));
 * ```
 *
 * Pushes are those of updates only: answers of requests come whatever is said here, and what is lost is in the
 * differences. A push is one container for all sessions of one sign-in.
 */
export class UpdateControls {
  readonly #settings: UpdateSettings;

  /** @internal Made by `LocalDc`. */
  constructor(
    private readonly world: World,
    private readonly gate: PushGate,
    private readonly core: Pick<ServerCore, 'sessions' | 'permanentKeyOf' | 'forgetSession'>,
  ) {
    this.#settings = world.updates;
  }

  /**
   * Loses pushes for good: no session sends them again.
   *
   * @throws TypeError for options that cannot be, also a user or channel that is not there.
   */
  lose(options: PushTrigger = {}): ActivePushFault {
    return this.gate.add('lose', options, this.#mustExist);
  }

  /** Sends pushes several times. @throws TypeError as {@link lose}. */
  duplicate(options: PushTrigger & PushCopies = {}): ActivePushFault {
    return this.gate.add('duplicate', options, this.#mustExist);
  }

  /**
   * Sends pushes later: after `ms` (default 50 … 500), or when `pushes` later ones have come, whatever is first. Those
   * count that are held back themselves: if all are, they keep their order.
   *
   * @throws TypeError as {@link lose}.
   */
  delay(options: PushTrigger & PushHold = {}): ActivePushFault {
    return this.gate.add('delay', options, this.#mustExist);
  }

  /**
   * Lets later pushes to the same sign-in overtake: one, or `pushes`. Meanwhile it holds nothing else back for them, so
   * that without `times` and `probability` pushes come in swapped pairs. If none come, it waits no longer than `ms`; by
   * default that is 200, or with `pushes` for ever.
   *
   * @throws TypeError as {@link lose}.
   */
  reorder(options: PushTrigger & PushHold = {}): ActivePushFault {
    return this.gate.add('reorder', options, this.#mustExist);
  }

  /** Ends everything that {@link lose} and its like began, and every {@link silence}. */
  clear(): void {
    this.gate.clear();
  }

  /** Pushes nothing more to a user's sessions, as if the server had forgotten them. Differences have it all. */
  silence(user: UserLike): void {
    this.gate.silence(userOf(this.world, user).id);
  }

  /** Ends {@link silence}. @returns whether there was any. */
  resume(user: UserLike): boolean {
    return this.gate.resume(userOf(this.world, user).id);
  }

  /**
   * How many events differences go back; who is further behind gets `updates.differenceTooLong` or
   * `updates.channelDifferenceTooLong`.
   *
   * @throws TypeError for what is no whole number.
   */
  keep({ common, channel }: KeptEvents): void {
    if (common !== undefined) this.#settings.commonKept = wholeNumber('common', common, 0);
    if (channel !== undefined) this.#settings.channelKept = wholeNumber('channel', channel, 0);
  }

  /** Most events in one answer; null, the default: 100, or for bots in channels what they ask for. */
  get sliceSize(): number | null {
    return this.#settings.sliceSize;
  }

  set sliceSize(size: number | null) {
    this.#settings.sliceSize = size === null ? null : wholeNumber('sliceSize', size, 1);
  }

  /** The `timeout` of channel differences, seconds. Default 30. */
  get channelTimeout(): number {
    return this.#settings.channelTimeout;
  }

  set channelTimeout(seconds: number) {
    this.#settings.channelTimeout = wholeNumber('channelTimeout', seconds, 0);
  }

  /**
   * Whether plain messages come as `updateShortMessage` and `updateShortChatMessage` when the receiver knows the sender,
   * and are answered with `updateShortSentMessage`. Default true, as at Telegram.
   */
  get shortForms(): boolean {
    return this.#settings.shortForms;
  }

  set shortForms(on: boolean) {
    this.#settings.shortForms = on;
  }

  /** Pushes `updatesTooLong`: ask for the difference. */
  tooLong(user: UserLike): void {
    tellTooLong(this.world, userOf(this.world, user));
  }

  /** Pushes `updateChannelTooLong`. @param options.pts - whether it says the channel's pts. Default true. */
  channelTooLong(
    user: UserLike,
    chat: UserLike,
    { pts = true }: { readonly pts?: boolean | undefined } = {},
  ): void {
    const { id: channelId, box } = channelNamed(this.world, chat);
    const update = new tl.UpdateChannelTooLong({ channelId, pts: pts ? box.pts : undefined });
    tell(this.world, userOf(this.world, user), [update]);
  }

  /** The pts of a user's common box. */
  ptsOf(user: UserLike): number {
    return userOf(this.world, user).box.pts;
  }

  /** The pts of a channel or supergroup. */
  channelPts(chat: UserLike): number {
    return channelNamed(this.world, chat).box.pts;
  }

  /** The qts of a user's newest sign-in: each has its own. 0 when there is none. */
  qtsOf(user: UserLike): number {
    return this.#newestHome(user)?.encrypted.qts ?? 0;
  }

  /** The seq of a user's newest sign-in: each has its own. 0 when there is none. */
  seqOf(user: UserLike): number {
    return this.#newestHome(user)?.seq ?? 0;
  }

  /** All that happened in a user's common box, in order: what a client has to have been told. */
  history(user: UserLike): BoxHistoryEntry[] {
    return eventsOf(userOf(this.world, user).box);
  }

  /** All that happened in a channel, in order. Messages are as those see them who did not write them. */
  channelHistory(chat: UserLike): BoxHistoryEntry[] {
    return eventsOf(channelNamed(this.world, chat).box);
  }

  /**
   * Forgets the sessions of a user, as servers do now and then; keys and sign-ins stay. Pushes that were on their way
   * are gone, and the next message of a client is answered with `new_session_created` first.
   *
   * @returns how many.
   */
  dropSession(user: UserLike): number {
    const { id } = userOf(this.world, user);
    const keys = new Set(this.world.homesOf(id).map(({ keyId }) => keyId));
    const own = [...this.core.sessions()].filter(({ key }) => {
      const permanent = this.core.permanentKeyOf(key);
      return permanent !== null && keys.has(permanent.key.id);
    });
    return own.filter((one) => this.core.forgetSession(one.key.key.id, one.id)).length;
  }

  /** What happens to nobody would let a test pass for nothing. */
  readonly #mustExist = ({ user, channel }: PushTrigger): void => {
    if (user !== undefined) userOf(this.world, user);
    if (channel !== undefined) channelNamed(this.world, channel);
  };

  #newestHome(user: UserLike) {
    return this.world.homesOf(userOf(this.world, user).id).at(-1);
  }
}
