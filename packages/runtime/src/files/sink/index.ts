export { safeName } from './safe-name.js';
export { saveToDirectory, saveToFile } from './save.js';
export type { SaveOptions, SavedFile } from './types.js';
