/** What to do about errors of a kind, the first that fits. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [
    /^(FLOOD_WAIT|FLOOD_PREMIUM_WAIT|SLOWMODE_WAIT|TAKEOUT_INIT_DELAY)_%d$/,
    'Wait as many seconds as the number says, then send the same request again. Sending earlier makes the wait longer.',
  ],
  [
    /_MIGRATE_%d$/,
    'Send the request again to the data center that the number names. After `PHONE_`, `NETWORK_` and `USER_MIGRATE` that one is the account’s new home.',
  ],
  [
    /^FILE_REFERENCE_/,
    'Fetch the object that holds the file again (the message, the user, the sticker set) and use its new file reference.',
  ],
  [/^FILE_PARTS?_/, 'Upload the parts in question again; all but the last have the same size.'],
  [
    /^(AUTH_KEY_UNREGISTERED|AUTH_KEY_INVALID|SESSION_REVOKED|SESSION_EXPIRED|USER_DEACTIVATED(_BAN)?)$/,
    'The session is over: forget it and sign in again. Repeating the request cannot help.',
  ],
  [
    /^AUTH_KEY_DUPLICATED$/,
    'Two clients used one session at the same time, and the server has ended it. Sign in again, and give each client a session of its own.',
  ],
  [/^AUTH_KEY_PERM_EMPTY$/, 'Bind the temporary key to the permanent one first.'],
  [
    /^SESSION_PASSWORD_NEEDED$/,
    'The account has a password: go on with `account.getPassword` and `auth.checkPassword`.',
  ],
  [
    /^CONNECTION_NOT_INITED$/,
    'Wrap the first request of a connection in `invokeWithLayer` and `initConnection`.',
  ],
  [
    /^RANDOM_ID_DUPLICATE$/,
    'The server has seen a request with this random id: do not repeat it. Each new message takes a new random id.',
  ],
  [
    /_(INVALID|EMPTY|TOO_LONG|TOO_SHORT|TOO_MUCH|TOO_BIG|MISSING)$/,
    'Correct the parameter that the name speaks of. The same request fails again.',
  ],
  [/_(NOT_MODIFIED|ALREADY_\w+)$/, 'Nothing to do: things already are as the request wants them.'],
];

const BY_CODE: Readonly<Record<number, string>> = {
  303: 'Send the request again to the data center that the error names.',
  400: 'Correct the request. The same one fails again.',
  401: 'The session may not do this: sign in, or sign in again.',
  403: 'The account lacks the right to do this, here or altogether. Ask for the right; repeating does not help.',
  404: 'What the request asks for does not exist.',
  406: 'Do not show this error to the user as it is: the server explains itself in an `updateServiceNotification`. Repeating does not help.',
  420: 'Wait, then send the same request again.',
  500: 'The server failed. Wait a moment and try again; the request may have been carried out.',
  503: 'The server took too long. Wait a moment and try again; the request may have been carried out.',
};

/** What a program should do about an error; a line per code where the code alone tells, and there are several. */
export function adviceOn(name: string, codes: readonly number[]): string {
  const named = BY_NAME.find(([pattern]) => pattern.test(name));
  if (named) return named[1];
  const [code = 400] = codes;
  if (codes.length < 2) return adviceOnCode(code);
  return codes.map((one) => `**${one}**: ${adviceOnCode(one)}`).join('\n');
}

const adviceOnCode = (code: number): string =>
  BY_CODE[Math.abs(code)] ?? 'Handle it as a failure of this request.';
