import { describe, expect, it } from 'vitest';
import type { Backbone } from '../../../../packages/runtime/src/client/backbone.js';
import { filesContext } from '../../../../packages/runtime/src/client/files-context.js';

const PROXY = { type: 'socks5', host: '127.0.0.1', port: 1080 } as const;

/** All that the files of a client are told of its proxies. */
function proxied(connection: { readonly proxy?: unknown; readonly perDc: object }): boolean {
  const backbone = {
    network: { state: {} },
    parts: { platform: { clock: { now: () => ({ wall: 0 }) } } },
    settings: { connection, files: {} },
  } as unknown as Backbone;
  const rest = {} as Parameters<typeof filesContext>[1];
  return filesContext(backbone, rest).proxied;
}

describe('files/proxy: nothing is fetched past a proxy', () => {
  it.each([
    ['of all data centers', { proxy: PROXY, perDc: {} }, true],
    ['of one of them', { perDc: { 2: {}, 4: { proxy: PROXY } } }, true],
    ['of none', { perDc: { 2: {} } }, false],
  ])('%s', (_, connection, expected) => {
    expect(proxied(connection)).toBe(expected);
  });
});
