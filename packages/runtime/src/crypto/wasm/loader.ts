import { moduleBase64 } from './generated/module.js';

/** What the module in `assembly/` exports. Addresses are those of `assembly/layout.ts`. */
interface ModuleExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  expandEncryptKey(): void;
  expandDecryptKey(): void;
  igeEncrypt(size: number): void;
  igeDecrypt(size: number): void;
  ctr(size: number, used: number): number;
  hashStart(): void;
  hashBlocks(data: number, size: number): void;
  hashFinish(data: number, size: number, total: number): void;
  deriveKeys2(x: number): void;
  seal2(size: number, x: number): void;
  open2(size: number, x: number): number;
  wipe(): void;
  findFactor(n: bigint): bigint;
}

const ADDRESSES = [
  'ROUND_KEYS',
  'KEY',
  'IV',
  'DIGEST',
  'AUTH_KEY',
  'MSG_KEY',
  'COUNTER',
  'KEY_STREAM',
  'DATA',
  'DATA_SIZE',
] as const;

type Addresses = Readonly<Record<(typeof ADDRESSES)[number], number>>;

/** The running module: its functions, its memory and where things lie in it. */
export interface CryptoModule extends Omit<ModuleExports, 'memory'>, Addresses {
  readonly bytes: Uint8Array;
}

/** The part of WebAssembly's API used here; the DOM's types are not part of this package. */
interface WebAssemblyHost {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => {
    readonly exports: ModuleExports & Record<string, { readonly value: number }>;
  };
}

const host = globalThis as unknown as { readonly WebAssembly: WebAssemblyHost };

let compiled: object | undefined;

/** The module as the compiler leaves it: what may be handed to workers. Compiled on first use. */
export function compiledModule(): object {
  return (compiled ??= new host.WebAssembly.Module(
    Uint8Array.from(atob(moduleBase64), (char) => char.charCodeAt(0)),
  ));
}

function instantiate(): CryptoModule {
  const { exports } = new host.WebAssembly.Instance(compiledModule());
  const addresses = Object.fromEntries(ADDRESSES.map((name) => [name, exports[name]?.value]));
  return {
    ...exports,
    ...(addresses as Addresses),
    bytes: new Uint8Array(exports.memory.buffer),
  };
}

let loaded: CryptoModule | undefined;

/**
 * The module, compiled on first use. It is small enough (18 KB) for browsers to compile it in one go on the main
 * thread. Its memory is one page that never grows; no call leaves state in it that another relies on.
 */
export function cryptoModule(): CryptoModule {
  return (loaded ??= instantiate());
}
