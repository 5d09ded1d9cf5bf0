/** @type {readonly import('./types.js').NamedMutant[]} */
export const mutants = [];
