import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../../../../../packages/runtime/src/crypto/index.js';
import { messageIdTime } from '../../../../../packages/runtime/src/session/message-ids.js';
import { Pair, rsaKey, START } from './support.js';

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** One exchange with seeds 1 and 2; SHA256 of packets and key. */
const RECORDED = {
  fingerprint: '1270069359722361447',
  first: '000000000000000000000040a535576914000000f18e7ebe72f0fd396070b0a9bf80ed531e5ee7fc',
  key: '62db18c22f619944ba3afe259daeae183b97a23b6ab1d64c324817ecbd8371b0',
  keyId: '-7303983360974692690',
  salt: '-3326859785760772948',
  toClient: [
    'cdb951ff30e22afa6c34fc2301329513e807730dd455ca1a0c064e1a9685282c',
    'a0573c83c2836f060cc6ab0de1149c9d1d16a7b72bc778385866fadaa26c2674',
    '5f84d8e696f3962de1db30b63d8ef40e083a7ea292eb1f038146b0d9b9b7a01f',
  ],
  toServer: [
    'bf5c37b5ae7ff211222acb0dd337be995e8130fce13ada02868ef93d7a4a683f',
    'd8afd3c9e7c9fe01d102a021d011337491a7c80ea0d36beab3a24f9b25ad9973',
    '9b5dce9a1a6eb759b9167ef4944a80e17e50d3a19a21792bdf8a0341dd536c5f',
  ],
};

describe('a key exchange', () => {
  it('gives both sides the same key and salt', () => {
    const pair = new Pair();
    const done = pair.run();
    const made = pair.made!;
    expect(toHex(done.key.bytes)).toBe(toHex(made.key.bytes));
    expect(done.salt).toBe(made.salt);
    expect(done.expiresAt).toBeNull();
    expect(made).toMatchObject({ temporary: false, expiresAt: null, dcId: 2 });
    expect(pair.client.deadline).toBeNull();
  });

  it('exchange/byte-exact: fixed random bytes and time give the recorded bytes and key', () => {
    const record = (): Record<string, unknown> => {
      const pair = new Pair();
      const done = pair.run();
      return {
        fingerprint: rsaKey.fingerprint.toString(),
        toServer: pair.toServer.map(sha256),
        toClient: pair.toClient.map(sha256),
        first: toHex(pair.toServer[0]!),
        key: sha256(done.key.bytes),
        keyId: done.key.id.toString(),
        salt: done.salt.toString(),
      };
    };
    const once = record();
    expect(once).toEqual(RECORDED);
    expect(record()).toEqual(once);
  });

  it('exchange/temp-key: the inner data names lifetime and data center', () => {
    for (const dcId of [2, 10_002, -2, -10_002]) {
      const pair = new Pair({ dcId, temporary: { expiresIn: 86_400 } });
      const done = pair.run();
      expect(pair.made).toMatchObject({ temporary: true, dcId });
      expect(done.expiresAt).toBe(Math.floor(START / 1000) + 86_400);
      expect(pair.made!.expiresAt).toBe(Math.floor(START / 1000) + 86_400);
    }
  });

  const HOUR = 3_600_000;
  const YEAR = 365 * 24 * HOUR;
  for (const skew of [0, 2 * HOUR, -2 * HOUR, 10 * YEAR, -10 * YEAR]) {
    it(`exchange/time-sync: a clock that is off by ${skew / HOUR} hours learns server time`, () => {
      const pair = new Pair({ skew });
      const done = pair.run();
      expect(Math.abs(done.timeOffset + skew)).toBeLessThan(1_100);
      expect(pair.messageIds.timeOffset).toBe(done.timeOffset);
      const id = pair.messageIds.next(pair.now);
      expect(Math.abs(messageIdTime(id) - START)).toBeLessThan(1_200);
    });
  }

  it('exchange/time-sync: what is known to the millisecond is not lost to the seconds of the exchange', () => {
    const pair = new Pair();
    pair.messageIds.learn(0);
    expect(pair.run().timeOffset).toBe(0);
    const far = new Pair();
    far.messageIds.learn(60_000);
    expect(Math.abs(far.run().timeOffset)).toBeLessThan(1_100);
  });

  it('begins once, and ignores what comes before its begin and after its end', () => {
    const pair = new Pair();
    const stray = new Pair();
    stray.run();
    expect(pair.client.receive(stray.toClient[0]!, pair.now)).toEqual({ type: 'ignored' });
    expect(pair.client.resume(pair.now)).toBeNull();
    expect(pair.client.deadline).toBeNull();
    pair.run();
    expect(() => pair.start()).toThrow(RangeError);
    expect(pair.client.receive(pair.toClient[2]!, pair.now)).toEqual({ type: 'ignored' });
    expect(pair.client.resume(pair.now)).toBeNull();
  });
});
