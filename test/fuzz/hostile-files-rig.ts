import { TlgenError } from '@tlgen/codec';
import { expect } from 'vitest';
import {
  FileReferences,
  type RemoteFile,
} from '../../packages/runtime/src/files/location/index.js';
import type { Random } from '../support/random.js';
import { randomInt } from '../support/random-values.js';
import { fakeContext } from '../unit/runtime/files/location/fake-context.js';
import { HostileServer, type HostileOptions } from './hostile-files.js';

/** The typed error that something ended with, or null. */
export async function ending(work: Promise<unknown>): Promise<TlgenError | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (!(error instanceof TlgenError)) throw new Error('untyped', { cause: error });
    expect(error.message.length).toBeLessThan(1000);
    return error;
  }
}

/** How many runs ended well, and with how many errors of one kind. */
export function tally(): {
  good: number;
  readonly codes: Map<unknown, number>;
  add(e: unknown): void;
} {
  return {
    good: 0,
    codes: new Map(),
    add(error) {
      const code = error === null ? null : (error as { readonly code?: unknown }).code;
      if (code === null) this.good += 1;
      else this.codes.set(code, (this.codes.get(code) ?? 0) + 1);
    },
  };
}

export interface Rig {
  readonly server: HostileServer;
  readonly context: ReturnType<typeof fakeContext> & {
    readonly references: FileReferences;
    refresh(file: RemoteFile): Promise<RemoteFile>;
  };
}

export function rig(random: Random, options: HostileOptions, refreshing = true): Rig {
  const server = new HostileServer(random, options);
  const fake = Object.assign(
    fakeContext(() => null),
    { invoke: server.invoke },
  );
  const references = new FileReferences(fake);
  const context = Object.assign(fake, {
    references,
    refresh: (file: RemoteFile) =>
      refreshing && random.chance(80)
        ? Promise.resolve({ ...file, dc: random.chance(20) ? randomInt(random) : file.dc })
        : references.refresh(file, {}),
  });
  return { server, context };
}

/** Takes all parts; never more bytes than the range has. */
export async function drain(
  parts: AsyncIterable<Uint8Array>,
  most: number,
  check: (bytes: Uint8Array, at: number) => void = () => undefined,
): Promise<number> {
  let length = 0;
  for await (const bytes of parts) {
    check(bytes, length);
    length += bytes.length;
    expect(length).toBeLessThanOrEqual(most);
  }
  return length;
}
