import type { Client } from './client.js';

/** What a plugin leaves to be done when the client closes. */
export type PluginEnd = () => unknown;

/**
 * Adds something to a client: a function that is given the client, subscribes to what it wants, and may return what
 * undoes that.
 *
 * ```ts
 * const greeter: Plugin = (client) => client.on(filters.joined, (event) => event.respond('Welcome!'));
 * client.use(greeter);
 * ```
 */
export type Plugin<C = Client> = (client: C) => PluginEnd | Promise<PluginEnd | void> | void;
