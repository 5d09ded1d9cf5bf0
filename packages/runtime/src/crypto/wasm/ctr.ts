import type { AesCtr } from '../provider/types.js';
import { cryptoModule } from './loader.js';

const ROUND_KEYS_SIZE = 240;

/** AES-256-CTR through the module. Many streams share its memory, so each keeps its own state and puts it in place. */
export class WasmCtr implements AesCtr {
  readonly #roundKeys: Uint8Array;
  /** Counter block, then the current block of the key stream, as they lie in the module's memory. */
  readonly #state = new Uint8Array(32);
  #used = 16;

  constructor(key: Uint8Array, iv: Uint8Array) {
    const module = cryptoModule();
    module.bytes.set(key, module.KEY);
    module.expandEncryptKey();
    this.#roundKeys = module.bytes.slice(module.ROUND_KEYS, module.ROUND_KEYS + ROUND_KEYS_SIZE);
    this.#state.set(iv);
    module.wipe();
  }

  process(data: Uint8Array): Uint8Array {
    const module = cryptoModule();
    const { bytes, DATA, DATA_SIZE, COUNTER } = module;
    bytes.set(this.#roundKeys, module.ROUND_KEYS);
    bytes.set(this.#state, COUNTER);
    const result = new Uint8Array(data.length);
    for (let at = 0; at < data.length; at += DATA_SIZE) {
      const size = Math.min(DATA_SIZE, data.length - at);
      bytes.set(data.subarray(at, at + size), DATA);
      this.#used = module.ctr(size, this.#used);
      result.set(bytes.subarray(DATA, DATA + size), at);
    }
    this.#state.set(bytes.subarray(COUNTER, COUNTER + 32));
    bytes.fill(0, COUNTER, COUNTER + 32);
    bytes.fill(0, DATA, DATA + Math.min(DATA_SIZE, data.length));
    module.wipe();
    return result;
  }
}
