import { CallOptionError } from '../core/errors.js';
import { isFilter } from '../updates/filters/index.js';
import type { ClientEvents } from './events.js';
import { nearest } from './nearest.js';

/** Every event there is. */
const EVENTS: Readonly<Record<keyof ClientEvents, true>> = {
  connection: true,
  update: true,
  'raw-update': true,
  'updates-lost': true,
  'updates-silent': true,
  'signed-out': true,
  error: true,
};

/** Refuses what would never be called. @throws CallOptionError. */
export function checkHandler(what: unknown, handler: unknown): void {
  if (typeof handler !== 'function') {
    throw new CallOptionError('handler', 'on: the handler has to be a function');
  }
  if (isFilter(what) || (typeof what === 'string' && Object.hasOwn(EVENTS, what))) return;
  const names = Object.keys(EVENTS);
  const given = typeof what === 'string' ? JSON.stringify(what.slice(0, 64)) : typeof what;
  const meant = typeof what === 'string' ? nearest(what, names) : null;
  const call = typeof what === 'function' ? ': call it, as in filters.text().' : '.';
  const hint = meant === null ? call : `: did you mean ${meant}?`;
  throw new CallOptionError(
    'event',
    `on: ${given} is neither a filter nor an event${hint} Events are ${names.join(', ')}`,
  );
}

/** Refuses what is no plugin. @throws CallOptionError. */
export function checkPlugin(plugin: unknown): void {
  if (typeof plugin === 'function') return;
  throw new CallOptionError('plugin', 'use: a plugin is a function that takes the client');
}
