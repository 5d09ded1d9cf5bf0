// @ts-check
// What is known about RPC errors and callers, from the data beside the schema. Runs offline.
import { callers, date, errors } from '@tlgen/telegram/metadata';

// docs: method
for (const { name, code } of errors['messages.sendEncrypted'] ?? []) console.log(code, name);
console.log('callers:', callers['messages.sendEncrypted'] ?? 'unknown', '| as of', date);
// docs: end

// docs: thrown-by
const throwers = Object.keys(errors).filter((method) =>
  errors[method]?.some(({ name }) => name === 'ENCRYPTION_DECLINED'),
);
console.log(throwers.join(', '));
// docs: end

// docs: type
/** @typedef {import('@tlgen/telegram/messages').SendEncryptedRequest} SendEncryptedRequest */

/**
 * What to tell a person. A name that the method is not known to answer with does not compile.
 *
 * @type {Partial<Record<import('@tlgen/codec').ErrorsOf<SendEncryptedRequest>, string>>}
 */
const words = {
  ENCRYPTION_DECLINED: 'The other side closed this chat.',
  USER_IS_BLOCKED: 'This person blocked you.',
};
console.log(words.ENCRYPTION_DECLINED);
// docs: end
