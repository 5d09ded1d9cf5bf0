export type { DownloadContext, PartsOptions } from './types.js';
export { downloadParts } from './download-parts.js';
