import { writeSync } from 'node:fs';
import { nodeCrypto } from '../../../../../packages/runtime/src/crypto/provider/node.js';
import { EncryptedStorage } from '../../../../../packages/runtime/src/storage/encrypted.js';
import { SqliteStorage } from '../../../../../packages/runtime/src/storage/sqlite.js';
import { Store } from '../../../../../packages/runtime/src/storage/store.js';
import { hostClock } from '../../../../../packages/runtime/src/platform/timers.js';
import { commitOf, found } from './counters.js';

/**
 * Commits counters until it is killed, and says so before and after each: `begin 5`, `done 5`. Beside them it counts
 * with what may wait, and flushes that now and then.
 */
const [path = '', passphrase = '', until = 'Infinity', end = 'close'] = process.argv.slice(2);
const say = (line: string): void => void writeSync(1, `${line}\n`);

const file = new SqliteStorage(path);
const driver =
  passphrase === '' ? file : new EncryptedStorage(file, { passphrase, crypto: nodeCrypto });
const store = new Store(driver, {
  after: (milliseconds, callback) => hostClock.after(milliseconds, callback),
  saveInterval: () => 0.005,
});
await store.open();
const before = await found(store);
say(`found ${JSON.stringify(before)}`);
say('ready');
for (let n = before.count + 1; n <= Number(until); n++) {
  void store.later([
    { space: 'later', key: 'a', value: Buffer.from(String(n)) },
    { space: 'later', key: 'b', value: Buffer.from(String(n)) },
  ]);
  say(`begin ${n}`);
  await store.commit(commitOf(n));
  say(`done ${n}`);
  if (n % 10 === 0) {
    await store.flush();
    say(`flushed ${n}`);
  }
}
if (end === 'close') {
  await store.close();
  say('closed');
}
