import {
  decode,
  decodeWith,
  encode,
  type ApiSchema,
  type ResultOf,
  type TlMethod,
} from '@tlgen/codec';
import { AuthKey } from '@tlgen/runtime/crypto';
import { platformCrypto } from '@tlgen/runtime/crypto/provider';
import * as tl from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { schema } from '@tlgen/telegram/schema';
import { Dispatcher } from '../../../../packages/local-dc/src/dispatch/index.js';
import { Layers } from '../../../../packages/local-dc/src/layers/index.js';
import { builtIns } from '../../../../packages/local-dc/src/methods/index.js';
import type {
  ServerKey,
  ServerSessionInfo,
} from '../../../../packages/local-dc/src/protocol/types.js';
import { createAccount } from '../../../../packages/local-dc/src/world/accounts.js';
import { seededCrypto } from '../../../../packages/local-dc/src/world/seeded.js';
import type { User } from '../../../../packages/local-dc/src/world/types.js';
import { World } from '../../../../packages/local-dc/src/world/world.js';

/** A request that was answered with `rpc_error`. */
export class Refused extends Error {
  constructor(
    readonly code: number,
    readonly text: string,
  ) {
    super(`${code} ${text}`);
  }
}

/** A world behind its dispatcher, without protocol, sockets or clock. */
export class Harness {
  now = 1_700_000_000;
  readonly log: string[] = [];
  readonly crypto = seededCrypto(platformCrypto, 'methods');
  readonly layers: Layers;
  readonly dispatcher: Dispatcher;
  readonly world: World;
  readonly devices: Device[] = [];

  constructor(
    options: { dataCenters?: number[]; cdnDataCenters?: number[]; layers?: ApiSchema[] } = {},
  ) {
    this.layers = new Layers(schema, options.layers ?? [], (loss) => this.log.push(loss.message));
    this.world = new World({
      crypto: this.crypto,
      now: () => this.now,
      dataCenters: options.dataCenters ?? [2],
      cdnDataCenters: options.cdnDataCenters,
      loginCode: '22222',
      deliver: ({ userId, keyId, exceptSession, build }) => {
        for (const authorization of this.world.homesOf(userId)) {
          if (keyId !== undefined && authorization.keyId !== keyId) continue;
          const updates = build(authorization);
          for (const device of this.devices) {
            if (device.key.key.id !== authorization.keyId) continue;
            if (device.session.id !== exceptSession) device.updates.push(updates);
          }
        }
      },
      deliverToKey: (keyId, updates) => {
        for (const { key, updates: got } of this.devices)
          if (key.key.id === keyId) got.push(updates);
      },
    });
    this.dispatcher = new Dispatcher({
      world: this.world,
      layers: this.layers,
      core: {
        permanentKeyOf: (key) => (key.expiresAt === null ? key : key.boundTo),
        bindTempKey: () => null,
        after: async (_, msgIds) =>
          msgIds.includes(0n) ? { code: 400, message: 'MSG_WAIT_FAILED' } : null,
      },
      builtIns,
      log: (level, line) => this.log.push(`${level}: ${line}`),
    });
  }

  /** A client with a key and a session of its own, not signed in. */
  device(dcId = 2, layer: number = schema.layer): Device {
    const device = new Device(this, dcId, layer);
    this.devices.push(device);
    return device;
  }

  /** A device of a user at another data center, for files. */
  async roaming(home: Device, dcId: number): Promise<Device> {
    const { id, bytes } = await home.call(new tl.auth.ExportAuthorizationRequest({ dcId }));
    const device = this.device(dcId);
    await device.call(new tl.auth.ImportAuthorizationRequest({ id, bytes }));
    return device;
  }

  user(fields: Parameters<typeof createAccount>[1] = {}): Promise<User> {
    return createAccount(this.world, fields);
  }

  /** A device on which the user is signed in. */
  async signedIn(user: User): Promise<Device> {
    const device = this.device(user.dcId);
    if (user.token !== null) {
      await device.call(
        new tl.auth.ImportBotAuthorizationRequest({
          flags: 0,
          apiId: 1,
          apiHash: 'x',
          botAuthToken: user.token,
        }),
      );
    } else {
      const sent = await device.sendCode(user.phone ?? '');
      await device.signIn(user.phone ?? '', sent.phoneCodeHash);
    }
    return device;
  }
}

let sessions = 0n;

/** One client. */
export class Device {
  readonly key: ServerKey;
  readonly session: ServerSessionInfo;
  readonly updates: tl.TypeUpdates[] = [];

  constructor(
    private readonly harness: Harness,
    dcId: number,
    layer: number,
  ) {
    const key = new AuthKey(harness.crypto, harness.crypto.randomBytes(256));
    this.key = { key, dcId, expiresAt: null, boundTo: null, userId: null };
    this.session = { id: ++sessions, key: this.key, layer, apiId: 1, wantsUpdates: true };
  }

  /** Calls with serialized bytes. */
  async raw(body: Uint8Array): Promise<Uint8Array> {
    const outcome = await this.harness.dispatcher.run({
      session: this.session,
      msgId: 4n,
      body,
      signal: new AbortController().signal,
    });
    if ('error' in outcome) throw new Refused(outcome.error.code, outcome.error.message);
    return outcome.result;
  }

  async call<M extends TlMethod>(request: M): Promise<ResultOf<M>> {
    const bytes = await this.raw(encode(request));
    return decodeWith(bytes, registry, (r) => request.$result(r)) as ResultOf<M>;
  }

  async sendCode(phoneNumber: string): Promise<tl.auth.SentCode> {
    const settings = new tl.CodeSettings({});
    const request = new tl.auth.SendCodeRequest({ phoneNumber, apiId: 1, apiHash: 'x', settings });
    return (await this.call(request)) as tl.auth.SentCode;
  }

  signIn(
    phoneNumber: string,
    phoneCodeHash: string,
    phoneCode = '22222',
  ): Promise<tl.auth.TypeAuthorization> {
    return this.call(new tl.auth.SignInRequest({ phoneNumber, phoneCodeHash, phoneCode }));
  }

  /** How this device's user names another. */
  peer(user: User): tl.InputPeerUser {
    const { world } = this.harness;
    const viewer = world.authorizations.get(this.key.key.id)?.userId ?? 0n;
    const accessHash = world.accessHash(viewer, `user:${user.id}`);
    return new tl.InputPeerUser({ userId: user.id, accessHash });
  }

  /** How this device's user names a channel. */
  channel({ id }: { readonly id: bigint }): tl.InputChannel {
    const { world } = this.harness;
    const viewer = world.authorizations.get(this.key.key.id)?.userId ?? 0n;
    return new tl.InputChannel({
      channelId: id,
      accessHash: world.accessHash(viewer, `channel:${id}`),
    });
  }

  channelPeer(channel: { readonly id: bigint }): tl.InputPeerChannel {
    return new tl.InputPeerChannel(this.channel(channel));
  }

  input(user: User): tl.InputUser {
    return new tl.InputUser(this.peer(user));
  }

  send(peer: tl.TypeInputPeer, message: string, randomId?: bigint): Promise<tl.TypeUpdates> {
    const id = randomId ?? this.harness.world.randomLong();
    return this.call(new tl.messages.SendMessageRequest({ peer, message, randomId: id }));
  }
}

/** The error a call ends with, as `400 NAME`. */
export async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'no error',
    (error: unknown) => {
      if (error instanceof Refused) return error.message;
      throw error;
    },
  );
}

export { decode, registry };
