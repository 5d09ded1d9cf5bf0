import { decode } from '@tlgen/codec';
import * as tl from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { ActionControl } from '../../../../packages/local-dc/src/action-control.js';
import { Scheduler } from '../../../../packages/local-dc/src/protocol/scheduler.js';
import { Pusher } from '../../../../packages/local-dc/src/pushes/pusher.js';
import { UpdateControls } from '../../../../packages/local-dc/src/update-controls.js';
import { randomNumber, seededCrypto } from '../../../../packages/local-dc/src/world/seeded.js';
import type { World, WorldOptions } from '../../../../packages/local-dc/src/world/world.js';
import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import { Harness, type Device } from '../methods/harness.js';

/** What a test does with users, over a world. */
export class Actions extends ActionControl {
  constructor(readonly world: World) {
    super();
  }
}

/** A world whose pushes go the way of a real data center's, up to the protocol; time passes by hand. */
export class PushedHarness extends Harness {
  readonly act = new Actions(this.world);
  readonly updates: UpdateControls;
  readonly pusher: Pusher;
  private readonly scheduler = new Scheduler();
  private ms = 0;

  constructor(seed: string | number = 1) {
    super();
    const luck = seededCrypto(platformCrypto, `updates:${seed}`);
    const later = (milliseconds: number, run: () => void) =>
      this.scheduler.schedule(this.ms + milliseconds, run);
    const core = {
      later,
      push: (keyId: bigint, write: (session: Device['session']) => Uint8Array | null): number => {
        const own = this.devices.filter(({ key }) => key.key.id === keyId);
        return own.filter((device) => {
          const bytes = write(device.session);
          if (bytes) device.updates.push(decode(bytes, registry) as tl.TypeUpdates);
          return bytes !== null;
        }).length;
      },
    };
    this.pusher = new Pusher(this.world, core, this.layers, () => randomNumber(luck));
    const options = this.world.options as { -readonly [K in keyof WorldOptions]: WorldOptions[K] };
    options.deliver = (delivery) => this.pusher.deliver(delivery);
    options.after = later;
    this.updates = new UpdateControls(this.world, this.pusher.gate, {
      sessions: () => this.devices.map(({ session }) => session),
      permanentKeyOf: (key) => key,
      forgetSession: () => true,
    });
  }

  /** Lets milliseconds pass. */
  pass(ms: number): void {
    this.ms += ms;
    while (this.scheduler.runNext(this.ms));
  }
}

/** What a device was pushed, taken apart; short messages as `short: text`. */
export function told(device: Device): string[] {
  return device.updates.flatMap((one) => {
    if (one instanceof tl.Updates) return one.updates.map(nameOf);
    if (one instanceof tl.UpdateShort) return [nameOf(one.update)];
    return [one instanceof tl.UpdateShortMessage ? `short: ${one.message}` : one._];
  });
}

function nameOf(update: tl.TypeUpdate): string {
  if (!('message' in update)) return update._;
  const { message } = update;
  return message instanceof tl.Message ? message.message : update._;
}

export const common = (device: Device, pts: number, fields: object = {}, date = 1) =>
  device.call(new tl.updates.GetDifferenceRequest({ pts, qts: 0, date, ...fields }));

export const ofChannel = (
  device: Device,
  channel: tl.TypeInputChannel,
  pts: number,
  limit = 100,
  force = false,
) =>
  device.call(
    new tl.updates.GetChannelDifferenceRequest({
      channel,
      filter: new tl.ChannelMessagesFilterEmpty(),
      pts,
      limit,
      force,
    }),
  );

export const textsOf = (list: readonly tl.TypeMessage[]): string[] =>
  list.map((one) =>
    one instanceof tl.Message ? one.message : (one as tl.MessageService).action._,
  );
