import type { UpdateEvent } from './event.js';

/**
 * An event of the same update that has what a filter found: it inherits from the event, so that what one handler's
 * event has is not seen by the others, while {@link UpdateEvent.stop} counts for all. Without properties to add it is
 * the event itself.
 *
 * Assigning them would not do: `message` and its like are getters.
 */
export function eventWith<Adds extends object>(event: UpdateEvent, adds: Adds): UpdateEvent & Adds {
  const names = Object.keys(adds) as (keyof Adds)[];
  if (names.length === 0) return event as UpdateEvent & Adds;
  const own: PropertyDescriptorMap = {};
  for (const name of names) {
    own[name as string] = {
      value: adds[name],
      writable: true,
      enumerable: true,
      configurable: true,
    };
  }
  return Object.create(event, own) as UpdateEvent & Adds;
}
