import { checkCodeKinds, type CodeKind } from './code-kinds.js';
import { passwordFrom } from './password.js';
import type { User } from './types.js';
import type { World } from './world.js';

/** Whom to create. */
export interface NewUser {
  /** Any spelling. Default: a test number of the data center, `99966…`. Bots have none. */
  readonly phone?: string | undefined;
  readonly username?: string | undefined;
  /** Default `User` or `Bot`, and a number. */
  readonly firstName?: string | undefined;
  readonly lastName?: string | undefined;
  /** A 2FA password. */
  readonly password?: string | undefined;
  readonly passwordHint?: string | undefined;
  /** Where codes to recover the password go. */
  readonly recoveryEmail?: string | undefined;
  /** Where login codes go, rather than to the phone. */
  readonly loginEmail?: string | undefined;
  /** Kinds of login code in the order in which they are sent. Default: as the servers choose. */
  readonly codeTypes?: readonly CodeKind[] | undefined;
  /** Makes a bot, which signs in by token. */
  readonly bot?: boolean | undefined;
  /** Where the account lives. Default: the first data center. */
  readonly dcId?: number | undefined;
  /** An account that pays: its files may have twice as many parts. */
  readonly premium?: boolean | undefined;
}

/**
 * Adds an account.
 *
 * @throws TypeError when the phone or user name is taken or malformed, or the data center is unknown.
 */
export async function createAccount(world: World, fields: NewUser): Promise<User> {
  const { bot = false, username, dcId = world.options.dataCenters[0] ?? 2 } = fields;
  if (!world.options.dataCenters.includes(dcId))
    throw new TypeError(`there is no data center ${dcId}: start with dataCenters: [${dcId}]`);
  if (bot && fields.phone !== undefined) throw new TypeError('bots have no phone');
  if (fields.recoveryEmail !== undefined && fields.password === undefined)
    throw new TypeError('recoveryEmail is for a password: give one, too');
  checkCodeKinds(fields.codeTypes);
  if (username !== undefined && !/^[a-z]\w{3,31}$/i.test(username))
    throw new TypeError(
      `the user name ${JSON.stringify(username)} is not a-z, 0-9, _ and 4 … 32 long`,
    );
  if (username !== undefined && world.names.owner(username))
    throw new TypeError(`the user name ${username} is taken`);
  const phone = bot ? null : freePhone(world, fields.phone, dcId);
  const id = world.nextUserId();
  let number = world.users.size + 1;
  if (bot && username === undefined) while (world.names.owner(`local_${number}_bot`)) number++;
  // At once, so that accounts made side by side do not get the same phone, and always the same ids.
  const user = world.addUser({
    id,
    dcId,
    phone,
    username: username ?? (bot ? `local_${number}_bot` : null),
    firstName: fields.firstName ?? `${bot ? 'Bot' : 'User'} ${number}`,
    lastName: fields.lastName ?? null,
    loginEmail: fields.loginEmail ?? null,
    codeTypes: fields.codeTypes ?? null,
    premium: fields.premium ?? false,
    token: bot ? `${id}:${world.token(35)}` : null,
  });
  if (fields.password !== undefined)
    user.password = await passwordFrom(world.crypto, fields.password, {
      hint: fields.passwordHint ?? null,
      email: fields.recoveryEmail ?? null,
    });
  return user;
}

function freePhone(world: World, wanted: string | undefined, dcId: number): string {
  if (wanted !== undefined) {
    const digits = wanted.replace(/[\s()+-]/g, '');
    if (!/^[1-9]\d{5,15}$/.test(digits))
      throw new TypeError(`${JSON.stringify(wanted)} is no phone number: 6 … 16 digits`);
    if (world.userByPhone(digits)) throw new TypeError(`the phone ${digits} is taken`);
    return digits;
  }
  for (;;) {
    const phone = `99966${dcId}${String(world.nextTestPhone(dcId)).padStart(4, '0')}`;
    if (!world.userByPhone(phone)) return phone;
  }
}
