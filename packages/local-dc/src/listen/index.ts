export { listen } from './listen.js';
export { selfSigned } from './self-signed.js';
export { CoreTimer } from './timer.js';
export type { Certificate, ListenOptions, Listener } from './types.js';
