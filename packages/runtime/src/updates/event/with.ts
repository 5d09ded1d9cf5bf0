import type { UpdateEvent } from './event.js';

/**
 * An event of the same update that has what a filter found: a copy, so that what one handler's event has is not seen by
 * the others, while {@link UpdateEvent.stop} counts for all. Without properties to add it is the event itself.
 *
 * A literal, because assigning would not do: `message` and its like are getters. And a copy rather than an object that
 * inherits from the event: prototypes of one object each took longer than all the rest of an update's way.
 */
export function eventWith<Adds extends object>(event: UpdateEvent, adds: Adds): UpdateEvent & Adds {
  if (Object.keys(adds).length === 0) return event as UpdateEvent & Adds;
  const made: object = { __proto__: Object.getPrototypeOf(event) as object, ...event, ...adds };
  return made as UpdateEvent & Adds;
}
