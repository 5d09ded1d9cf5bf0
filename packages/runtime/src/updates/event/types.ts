import type { CallOptions, PeerLike } from '@tlgen/codec';
import type { KnownPeer } from '../../peers/types.js';
import type { SendTextOptions, SentText } from '../../text/sending.js';
import type { FormattedText } from '../../text/types.js';

/** How long a wait may take. */
export interface WaitOptions extends CallOptions {
  /** `anyone`: also messages of others in the chat. Default `sender`: those of whoever sent this one. */
  readonly from?: 'sender' | 'anyone' | undefined;
}

/** What an event can do; the client has it. */
export interface EventActions {
  /** As `client.sendText`. */
  sendText(
    peer: PeerLike,
    text: string | FormattedText,
    options: SendTextOptions,
  ): Promise<SentText[]>;
  /** What is remembered of a peer, by marked id; null: nothing that could be told at once. */
  known(marked: bigint): Pick<KnownPeer, 'usernames' | 'megagroup'> | null;
  /** `messages.setBotCallbackAnswer`. */
  answerCallback(queryId: bigint, options: CallbackAnswer & CallOptions): Promise<void>;
  /** The account's own id and user name (without @; null: none, or not known). */
  self(): { readonly id: bigint; readonly bot: boolean; readonly username: string | null } | null;
}

/** What a bot answers to a press of a button. */
export interface CallbackAnswer {
  readonly text?: string | undefined;
  /** A window that has to be closed, instead of a notice. */
  readonly alert?: boolean | undefined;
  readonly url?: string | undefined;
  /** Seconds for which clients may answer the same press themselves. Default 0. */
  readonly cacheTime?: number | undefined;
}
