import type { TlObject } from '@tlgen/codec';
import type { base } from '@tlgen/telegram';

/** The single updates of what a server pushed; short forms (`updateShortMessage`) are updates by themselves. */
export function eachUpdate(pushed: TlObject): readonly TlObject[] {
  const container = pushed as base.TypeUpdates;
  switch (container._) {
    case 'updates':
    case 'updatesCombined':
      return container.updates;
    case 'updateShort':
      return [container.update];
    default:
      return [container];
  }
}
