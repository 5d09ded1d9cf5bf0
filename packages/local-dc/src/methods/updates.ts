import { updates } from '@tlgen/telegram';
import { method, type BuiltIn } from '../dispatch/types.js';
import { differenceSince, stateOf } from '../world/difference.js';

/** Where a client stands, and what it missed. */
export const updateMethods: readonly BuiltIn[] = [
  method(updates.GetStateRequest, (_, { world, user, authorization }) =>
    stateOf(world, user, authorization),
  ),
  method(updates.GetDifferenceRequest, (request, { world, user, authorization }) =>
    differenceSince(world, user, authorization, {
      pts: request.pts,
      qts: request.qts,
      date: request.date,
      total: request.ptsTotalLimit,
      limit: request.ptsLimit,
      secretLimit: request.qtsLimit ?? request.ptsLimit,
    }),
  ),
];
