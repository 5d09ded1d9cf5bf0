import type { PageKind } from '../types.js';

/** Folders of page kinds. */
export const FOLDERS: Readonly<Record<PageKind, string>> = {
  method: 'methods/',
  constructor: 'constructors/',
  type: 'types/',
  builtin: 'types/',
  error: 'errors/',
  namespace: 'namespaces/',
  layer: 'layers/',
  index: '',
};

/** What Windows keeps for devices, whatever ending follows. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/** Whether a folder may be called so everywhere, and stand in a link as it is. */
export const isFolderName = (name: string): boolean =>
  /^\w[\w-]*(?:\.[\w-]+)*$/.test(name) && !DEVICE.test(name);

/** A name as that of a file on every system, which a link can hold as it is: `con` → `con_`. */
export const fileName = (name: string): string =>
  name.replace(/[^\w.-]+/g, '-').replace(DEVICE, '$&_');
