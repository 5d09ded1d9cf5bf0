import fc from 'fast-check';
import type { SessionData } from '../../../../../packages/runtime/src/storage/formats/index.js';
import { SEED } from '../../../../support/random.js';

/** The same values in every run, unless another seed is asked for. */
export const runs = (numRuns: number): fc.Parameters<unknown> => ({ seed: SEED, numRuns });

export const keys = fc.uint8Array({ minLength: 256, maxLength: 256 });

export const ipv4s = fc
  .tuple(fc.integer({ min: 1, max: 223 }), fc.nat(255), fc.nat(255), fc.nat(255))
  .map((parts) => parts.join('.'));

/** In the form that we and Telethon write: eight words without leading zeros. */
export const ipv6s = fc
  .tuple(
    fc.integer({ min: 0x2000, max: 0x3fff }),
    fc.array(fc.nat(0xffff), { minLength: 7, maxLength: 7 }),
  )
  .map(([first, others]) => [first, ...others].map((word) => word.toString(16)).join(':'));

export const hostNames = fc
  .array(fc.stringMatching(/^[a-z][a-z\d-]{0,10}[a-z\d]$/), { minLength: 1, maxLength: 5 })
  .map((labels) => labels.join('.'))
  .filter((host) => host.length >= 4);

export const ports = fc.integer({ min: 1, max: 65_535 });
const dcIds = fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 99 }));
export const userIds = fc.oneof(
  fc.bigInt({ min: 1n, max: (1n << 32n) - 1n }),
  fc.bigInt({ min: 1n, max: (1n << 52n) - 1n }),
);
const apiIds = fc.integer({ min: 1, max: 2 ** 31 - 1 });

/** A session with everything that any format may hold. */
export const fullSessions = fc
  .record({
    dcId: dcIds,
    testMode: fc.boolean(),
    authKey: keys,
    host: fc.oneof(ipv4s, ipv6s, hostNames),
    port: ports,
    userId: userIds,
    bot: fc.boolean(),
    apiId: apiIds,
    others: fc.uniqueArray(fc.tuple(dcIds, keys), { maxLength: 4, selector: ([id]) => id }),
  })
  .map(({ host, port, others, ...rest }) => ({
    ...rest,
    address: { host, port },
    otherKeys: new Map(others.filter(([id]) => id !== rest.dcId)),
  }));

export type FullSession = SessionData & {
  readonly address: { readonly host: string; readonly port: number };
};
