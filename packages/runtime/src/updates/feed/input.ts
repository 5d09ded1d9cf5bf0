import type { base } from '@tlgen/telegram';
import type { Affected, SentMessage } from '../engine/index.js';

/** What the engine is told, in the order it came. */
export type Input =
  | {
      readonly type: 'updates';
      readonly updates: base.TypeUpdates;
      readonly from: 'push' | 'own';
      readonly sent?: SentMessage;
    }
  | { readonly type: 'affected'; readonly affected: Affected }
  | { readonly type: 'follow'; readonly channel: bigint; readonly pts: number };
