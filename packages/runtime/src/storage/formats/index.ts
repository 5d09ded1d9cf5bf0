export { readSession, type ReadSession } from './read-session.js';
export { writeSession } from './write-session.js';
export {
  SessionFormatError,
  type SessionAddress,
  type SessionData,
  type SessionFormat,
  type SessionFormatErrorCode,
} from './types.js';
export { importSession, IMPORTED, storedSession } from './stored-session.js';
export { readTdata, writeTdata, type TdataOptions } from './tdata/tdata.js';
export type { ReadFile } from './tdata/data-file.js';
