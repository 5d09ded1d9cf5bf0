export { EncryptedUpload } from './encrypted-upload.js';
export type { UploadOptions } from './types.js';
export { forgetUploads, sweepUploads } from './upload-log.js';
export { uploadEncrypted } from './upload-encrypted.js';
export { uploadFile } from './upload-file.js';
export { UploadedFile } from './uploaded-file.js';
