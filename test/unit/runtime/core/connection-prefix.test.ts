import { decode, encode, type ApiSchema } from '@tlgen/codec';
import { base, help } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import { describe, expect, it } from 'vitest';
import { connectionPrefix } from '../../../../packages/runtime/src/core/connection-prefix.js';
import { isRepeatable } from '../../../../packages/runtime/src/core/repeatable.js';

const APP = {
  apiId: 7,
  deviceModel: 'Fake',
  systemVersion: 'Test',
  appVersion: 'Unicorn',
  langCode: 'de',
};

function read(prefix: Uint8Array): base.InitConnectionRequest {
  const query = encode(new help.GetConfigRequest());
  const whole = decode(Uint8Array.from([...prefix, ...query]), schema.registry);
  if (!(whole instanceof base.InvokeWithLayerRequest)) throw new Error(`it is ${whole._}`);
  expect(whole.layer).toBe(schema.layer);
  if (!(whole.query instanceof base.InitConnectionRequest)) throw new Error('no initConnection');
  return whole.query;
}

describe('connectionPrefix', () => {
  it('is what stands before a query', () => {
    const init = read(connectionPrefix(schema, APP, false));
    expect({ ...init }).toMatchObject({
      apiId: 7,
      deviceModel: 'Fake',
      systemVersion: 'Test',
      appVersion: 'Unicorn',
      systemLangCode: 'de',
      langPack: '',
      langCode: 'de',
    });
    expect(init.proxy).toBeUndefined();
    expect(init.query).toBeInstanceOf(help.GetConfigRequest);
  });

  it('may say that no updates are wanted, and name an MTProxy', () => {
    const mtproxy = { host: 'proxy', port: 443 };
    const init = read(connectionPrefix(schema, { ...APP, mtproxy }, true));
    expect(init.query).toBeInstanceOf(base.InvokeWithoutUpdatesRequest);
    expect(init.proxy).toEqual(new base.InputClientProxy({ address: 'proxy', port: 443 }));
  });

  it('names what a schema of the user lacks', () => {
    const poor: ApiSchema = {
      layer: 5,
      registry: schema.registry,
      constructor: schema.constructor,
      method: (name) => (name === 'initConnection' ? undefined : schema.method(name)),
    };
    expect(() => connectionPrefix(poor, APP, false)).toThrow(
      expect.objectContaining({ name: 'SchemaError', missing: 'initConnection' }),
    );
  });
});

describe('isRepeatable', () => {
  it.each([
    ['help.getConfig', true],
    ['contacts.resolveUsername', true],
    ['messages.search', true],
    ['account.checkUsername', true],
    ['upload.saveFilePart', true],
    ['messages.sendMessage', false],
    ['messages.getBotCallbackAnswer', false],
    ['auth.checkPassword', false],
    ['auth.signIn', false],
    ['account.gettysburg', false],
  ])('%s: %s', (method, expected) => {
    expect(isRepeatable(method)).toBe(expected);
  });
});
