import type { LocalDc } from '@tlgen/local-dc';
import type { Account } from './talker.js';

let people = 0;

/** Adds somebody with a user name of their own, and says how they sign in. */
export async function newPerson(
  dc: LocalDc,
  fields: { readonly bot?: boolean; readonly password?: string; readonly dcId?: number } = {},
): Promise<{ readonly username: string; readonly account: Account }> {
  const username = `person_${++people}_name`;
  const { phone, token } = await dc.createUser({ ...fields, username });
  if (token !== null) return { username, account: { token } };
  if (phone === null) throw new TypeError('a user without phone and token');
  const { password } = fields;
  const account = { phone, code: dc.loginCode, ...(password !== undefined && { password }) };
  return { username, account };
}
