import type { Assembly } from './assembly.js';
import type { PluginEnd } from './plugin.js';

/** Milliseconds that handlers get to end. */
export const CLOSE_TIMEOUT = 5_000;

/** Ends a client in order, whatever fails on the way. @throws StorageError. */
export async function closing(
  { backbone, updates }: Assembly,
  ends: readonly PluginEnd[],
  timeout: number,
): Promise<void> {
  const { clock } = backbone.parts.platform;
  const deadline = clock.now().steady + timeout;
  const left = (): number => Math.max(0, deadline - clock.now().steady);
  if (!(await updates.drain(left()))) {
    backbone.log.log(
      'warning',
      `Handlers did not end within ${timeout} ms: their updates come again; one that awaits close() waits for itself`,
    );
  }
  // The last one first: it may rest on those before it.
  for (const end of ends.toReversed()) {
    await within(clock, left(), end).catch((error: unknown) => backbone.fail(error));
  }
  try {
    await updates.close();
  } finally {
    await backbone.close();
  }
}

async function within(
  clock: Assembly['backbone']['parts']['platform']['clock'],
  milliseconds: number,
  end: PluginEnd,
): Promise<void> {
  let timer: { cancel(): void } | undefined;
  const late = new Promise<void>((resolve) => {
    timer = clock.after(milliseconds, resolve);
  });
  try {
    await Promise.race([Promise.resolve().then(end), late]);
  } finally {
    timer?.cancel();
  }
}
