import { account, base, storage, upload } from '@tlgen/telegram';
import { beforeEach, describe, expect, it } from 'vitest';
import { settle } from '../network/fakes/clock.js';
import { FakeClient, Refusal, type FakeWorld } from '../network/fakes/world.js';
import { answerWith, setUp, watch, write } from './setup.js';

let world: FakeWorld;
let client: FakeClient;
beforeEach(async () => {
  ({ world, client } = await setUp());
});

describe('*_MIGRATE', () => {
  it.each(['PHONE', 'NETWORK', 'USER'])('%s_MIGRATE: moves home', async (kind) => {
    answerWith(world, new Refusal(303, `${kind}_MIGRATE_4`));
    expect(await client.caller.invoke(write())).toBe(true);
    expect(client.network.homeDc).toBe(4);
    expect(world.names().at(-1)).toBe('4 account.updateStatus');
    expect(world.openTransports).toBe(1);
    await client.caller.invoke(write());
    expect(world.names().at(-1)).toBe('4 account.updateStatus');
    // The old connection has nothing left to do.
    expect(world.transports[0]!.closed).toBe(true);
  });

  it('USER_MIGRATE: takes the sign-in along', async () => {
    answerWith(world, new Refusal(303, 'USER_MIGRATE_3'));
    await client.caller.invoke(write());
    expect(world.names()).toEqual([
      '2 account.updateStatus',
      '2 auth.exportAuthorization',
      '3 auth.importAuthorization',
      '3 account.updateStatus',
    ]);
    expect(client.network.store.account).toEqual({ homeDc: 3, userId: 5n, bot: false });
    // The connection to the new home is one that gets updates.
    expect(world.engines.at(-1)!.prefixes).toEqual([Uint8Array.of(0)]);
  });

  it.each(['FILE', 'STATS'])('%s_MIGRATE: moves the call only', async (kind) => {
    world.answer = (asked) =>
      asked.dc === 2 && asked.request instanceof upload.GetFileRequest
        ? new Refusal(303, `${kind}_MIGRATE_1`)
        : asked.request instanceof upload.GetFileRequest
          ? new upload.File({ type: new storage.FileJpeg(), mtime: 0, bytes: Uint8Array.of(1) })
          : world.usual(asked);
    const request = new upload.GetFileRequest({
      location: new base.InputTakeoutFileLocation(),
      offset: 0n,
      limit: 4096,
    });
    const file = await client.caller.invoke(request);
    expect(file._).toBe('upload.file');
    expect(client.network.homeDc).toBe(2);
    expect(world.names()).toEqual([
      '2 upload.getFile',
      '2 auth.exportAuthorization',
      '1 auth.importAuthorization',
      '1 upload.getFile',
    ]);
    // A session elsewhere asks for no updates.
    expect(world.engines.at(-1)!.prefixes).toEqual([Uint8Array.of(1)]);
  });

  it('learns where a data center is before it goes there', async () => {
    client = await FakeClient.signedIn(world, {
      network: { dataCenters: [{ id: 2, host: 'dc2', port: 443 }] },
    });
    answerWith(world, new Refusal(303, 'NETWORK_MIGRATE_4'));
    await client.caller.invoke(write());
    expect(world.names()).toEqual([
      '2 account.updateStatus',
      '2 help.getConfig',
      '2 auth.exportAuthorization',
      '4 auth.importAuthorization',
      '4 account.updateStatus',
    ]);
    expect(world.dials.at(-1)).toMatchObject([{ host: 'dc4' }]);
  });

  it('ends when servers send a call in a circle, or nowhere', async () => {
    world.answer = (asked) =>
      asked.request instanceof account.UpdateStatusRequest
        ? new Refusal(303, `FILE_MIGRATE_${(asked.dc % 3) + 1}`)
        : world.usual(asked);
    await expect(client.caller.invoke(write())).rejects.toMatchObject({ code: 'FILE_MIGRATE' });
    answerWith(world, new Refusal(303, 'FILE_MIGRATE_0'));
    await expect(client.caller.invoke(write())).rejects.toMatchObject({ value: 0 });
    answerWith(world, new Refusal(303, 'FILE_MIGRATE_9'));
    await expect(client.caller.invoke(write())).rejects.toMatchObject({
      code: 'NO_ADDRESS',
      dc: 9,
    });
  });

  it('a call gives up while home moves, and the move goes on', async () => {
    answerWith(world, new Refusal(303, 'USER_MIGRATE_3'), 'silent');
    const controller = new AbortController();
    const given = watch(client.caller.invoke(write(), { signal: controller.signal }));
    await settle();
    expect(world.names().at(-1)).toBe('2 auth.exportAuthorization');
    controller.abort();
    await settle();
    expect(given.error).toMatchObject({ code: 'ABORTED' });
    // The export is still under way; a call that needs the same waits for it, as long as it is willing to.
    answerWith(world, new Refusal(303, 'USER_MIGRATE_3'));
    const late = watch(client.caller.invoke(write(), { timeout: 100 }));
    await world.clock.advance(100);
    expect(late.error).toMatchObject({ code: 'TIMEOUT' });
  });

  it('FILE_MIGRATE: another data center that does not know the user does not sign them out', async () => {
    world.answer = (asked) => {
      if (asked.request._ !== 'account.updateStatus') return world.usual(asked);
      return asked.dc === 2
        ? new Refusal(303, 'FILE_MIGRATE_1')
        : new Refusal(401, 'AUTH_KEY_UNREGISTERED');
    };
    await expect(client.caller.invoke(write())).rejects.toMatchObject({
      code: 'AUTH_KEY_UNREGISTERED',
    });
    expect(client.signedOut).toEqual([]);
    expect(client.network.store.account.userId).toBe(5n);
  });

  it('auth/key-duplicated: home ends the sign-in also when it is asked for an export', async () => {
    world.answer = () => new Refusal(401, 'SESSION_REVOKED');
    await expect(client.caller.invoke(write(), { dc: 3 })).rejects.toMatchObject({
      code: 'SESSION_REVOKED',
      method: 'auth.exportAuthorization',
    });
    expect(client.signedOut).toEqual(['SESSION_REVOKED']);
  });
});
