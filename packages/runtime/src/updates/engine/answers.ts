import type { updates } from '@tlgen/telegram';
import type { UpdatesAnswer } from './types.js';

/** Whether an answer is about a channel. */
export function isChannelAnswer(answer: UpdatesAnswer): answer is updates.TypeChannelDifference {
  switch (answer._) {
    case 'updates.channelDifferenceEmpty':
    case 'updates.channelDifferenceTooLong':
    case 'updates.channelDifference':
      return true;
    default:
      return false;
  }
}
