export { apiText } from './text.js';
export { ParameterError, UnknownMethodError } from './errors.js';
export { makeApi } from './make-api.js';
export type { ApiContext, ApiConverters, ApiText, Converter } from './context.js';
