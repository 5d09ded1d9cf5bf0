/** Verbs of methods that only read. */
const READS = /^(?:get|check|search|resolve|is|has|load)(?=[A-Z]|$)/;

/** Methods that such a verb begins, and that do something all the same. */
const ACTS = new Set([
  'account.getTmpPassword',
  'auth.checkPassword',
  'auth.checkRecoveryPassword',
  'messages.getBotCallbackAnswer',
  'messages.getMessagesViews',
]);

/** Methods that write the same thing however often they run. */
const SAME_EVERY_TIME = new Set([
  'auth.exportAuthorization',
  'upload.saveFilePart',
  'upload.saveBigFilePart',
]);

/** Whether a method, by its TL name, may run twice without harm. */
export function isRepeatable(method: string): boolean {
  if (SAME_EVERY_TIME.has(method)) return true;
  return READS.test(method.slice(method.lastIndexOf('.') + 1)) && !ACTS.has(method);
}
