import type { FileOrigin } from '../types.js';

const customs = new WeakMap<object, number>();
let lastCustom = 0;

/** The same text for the same origin. */
export function originKey(origin: FileOrigin): string {
  switch (origin.type) {
    case 'message':
    case 'story':
      return `${origin.type}:${origin.peer}:${origin.id}`;
    case 'user-photo':
      return `${origin.type}:${origin.user}`;
    case 'chat-photo':
      return `${origin.type}:${origin.peer}`;
    case 'sticker-set':
      return `${origin.type}:${origin.id}`;
    case 'web-page':
      return `${origin.type}:${origin.url}`;
    case 'saved-gifs':
      return origin.type;
    case 'custom': {
      let number = customs.get(origin);
      if (number === undefined) customs.set(origin, (number = ++lastCustom));
      return `${origin.type}:${number}`;
    }
  }
}
