import { expect, it } from 'vitest';
import { RpcError } from '../../../../packages/runtime/src/core/errors.js';
import { FloodedCalls } from '../../../../packages/runtime/src/files/flooded-calls.js';

const flood = (seconds: number): RpcError =>
  new RpcError(420, `FLOOD_WAIT_${seconds}`, 'upload.getFile');

/** Fails so often, then resolves; others get through meanwhile if `others`. */
function flooded(calls: FloodedCalls, times: number, error: Error, others: boolean) {
  let asked = 0;
  return calls
    .floods(async () => {
      asked += 1;
      if (others) await calls.floods(() => Promise.resolve());
      if (asked <= times) throw error;
      return asked;
    })
    .catch(() => -asked);
}

it('a call that had to wait too often is repeated while others get through', async () => {
  const calls = new FloodedCalls(() => 20);
  expect(await flooded(calls, 7, flood(1), true)).toBe(8);
  expect(await flooded(calls, 7, flood(1), false)).toBe(-1);
});

it('long waits and other errors are passed on', async () => {
  const calls = new FloodedCalls(() => 20);
  expect(await flooded(calls, 1, flood(20), true)).toBe(-1);
  const refused = new RpcError(400, 'FILE_PART_INVALID', 'upload.saveFilePart');
  expect(await flooded(calls, 1, refused, true)).toBe(-1);
  expect(await flooded(new FloodedCalls(() => 0), 1, flood(1), true)).toBe(-1);
});
