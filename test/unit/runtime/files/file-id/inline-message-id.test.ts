import { base } from '@tlgen/telegram';
import { schema } from '@tlgen/telegram/schema';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  parseInlineMessageId,
  printInlineMessageId,
} from '../../../../../packages/runtime/src/files/file-id/index.js';
import { RUNS, SEED } from '../../../../support/random.js';

const long = fc.bigInt({ min: -(1n << 63n), max: (1n << 63n) - 1n });
const OPTIONS = { seed: SEED, numRuns: 100 * RUNS };

describe('inline_message_id', () => {
  it.each([
    // Published by bots in notes of what the Bot API gave them.
    ['BAAAAKqZKQC9alcIRMLU6NZ-9PU', 4],
    ['AgAAAKlCAABX4ui8j5MPpV3dwRg', 2],
    ['AgAAAKZCAABX4ui8H4EjLpoSVZE', 2],
  ])('%s is of the old form', (id, dcId) => {
    const parsed = parseInlineMessageId(schema, id);
    expect(parsed).toBeInstanceOf(base.InputBotInlineMessageID);
    expect(parsed.dcId).toBe(dcId);
    expect(printInlineMessageId(parsed)).toBe(id);
  });

  it('has the fields in the order of TL', () => {
    const data = Buffer.alloc(24);
    data.writeInt32LE(2, 0);
    data.writeBigInt64LE(5_000_000_001n, 4);
    data.writeInt32LE(77, 12);
    data.writeBigInt64LE(-9n, 16);
    const parsed = parseInlineMessageId(schema, data.toString('base64url'));
    expect(parsed).toEqual(
      new base.InputBotInlineMessageID64({
        dcId: 2,
        ownerId: 5_000_000_001n,
        id: 77,
        accessHash: -9n,
      }),
    );
  });

  it('comes back as it went', () => {
    const fields = { dcId: fc.integer(), accessHash: long };
    fc.assert(
      fc.property(fc.record({ ...fields, id: long }), (init) => {
        const id = new base.InputBotInlineMessageID(init);
        expect(parseInlineMessageId(schema, printInlineMessageId(id))).toEqual(id);
      }),
      OPTIONS,
    );
    fc.assert(
      fc.property(fc.record({ ...fields, ownerId: long, id: fc.integer() }), (init) => {
        const id = new base.InputBotInlineMessageID64(init);
        expect(parseInlineMessageId(schema, printInlineMessageId(id))).toEqual(id);
      }),
      OPTIONS,
    );
  });

  it.each(['', 'AgAA', 'BAAAAKqZKQC9alcIRMLU6NZ-9PUA', '!'])('%j is none', (id) => {
    expect(() => parseInlineMessageId(schema, id)).toThrow(
      expect.objectContaining({ name: 'FileError', code: 'BAD_FILE_ID' }),
    );
  });
});
