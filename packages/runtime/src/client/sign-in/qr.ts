import type { auth } from '@tlgen/telegram';
import { RpcError } from '../../core/errors.js';
import { construct } from '../../network/construct.js';
import { eachUpdate } from '../each-update.js';
import { authorized, NO_CODE } from './authorized.js';
import type { SignInContext } from './context.js';
import { SignInError } from './errors.js';
import type { Progress } from './progress.js';
import type { QrCode } from './states.js';
import { Wake } from './wake.js';

/** Milliseconds before its end that a token is replaced, so that nobody scans one that is about to end. */
const MARGIN = 2_000;
/** Milliseconds. However the clocks stand, the server is not asked more often than this, nor less. */
const SHORTEST = 1_000;
const LONGEST = 300_000;
/** Data centers that send a token to each other in a circle are at fault, and this ends it. */
const MAX_MOVES = 4;
/** Bytes. The largest QR code holds less than 3,000 characters. */
const MAX_TOKEN = 2_048;
/** Tokens in a row that came to an end while they were carried to another data center. */
const MAX_LATE = 3;

/**
 * Signs in by a token that an app of the user accepts: shows it, renews it, and follows the user's account to its
 * data center.
 *
 * @param show - called with each token.
 * @see https://core.telegram.org/api/qr-login
 */
export async function signInByQr(
  context: SignInContext,
  show: (qr: QrCode) => void,
  signal: AbortSignal,
): Promise<Progress> {
  const wake = new Wake(context.clock);
  // From before the first token on: the news of its acceptance comes once.
  const stop = context.onUpdate((pushed) => {
    if (eachUpdate(pushed).some(({ _ }) => _ === 'updateLoginToken')) wake.up();
  });
  try {
    for (;;) {
      const token = await currentToken(context, signal);
      if (token._ === 'auth.loginTokenSuccess') {
        return await authorized(context, token.authorization, NO_CODE);
      }
      const { expires } = token;
      show({ url: `tg://login?token=${base64Url(token.token)}`, expires });
      const left = expires * 1000 - context.serverTime() - MARGIN;
      await wake.sleep(Math.min(Math.max(left, SHORTEST), LONGEST), signal);
    }
  } finally {
    stop();
  }
}

type HereToken = auth.LoginToken | auth.LoginTokenSuccess;

/** The token to show, or that the one before was accepted. */
async function currentToken(context: SignInContext, signal: AbortSignal): Promise<HereToken> {
  for (let late = 0; ; late++) {
    try {
      return await moved(context, await exportToken(context, signal), signal);
    } catch (error) {
      const ended = error instanceof RpcError && error.code === 'AUTH_TOKEN_EXPIRED';
      if (!ended || late >= MAX_LATE) throw error;
    }
  }
}

/** Carries a token that was accepted to the data center of the user who accepted it. */
async function moved(
  context: SignInContext,
  token: auth.TypeLoginToken,
  signal: AbortSignal,
): Promise<HereToken> {
  const { schema, invoke } = context;
  let current = token;
  for (let moves = 0; current._ === 'auth.loginTokenMigrateTo'; moves++) {
    if (moves >= MAX_MOVES) {
      const text = 'The data centers send the QR sign-in from one to the next without end';
      throw new SignInError('UNSUPPORTED', text);
    }
    const { dcId, token: bytes } = current;
    await context.moveHome(dcId, signal);
    const request = construct<auth.ImportLoginTokenRequest>(schema, 'auth.importLoginToken', {
      token: bytes,
    });
    current = await invoke(request, { signal });
  }
  return current;
}

function exportToken(
  { schema, apiId, apiHash, invoke }: SignInContext,
  signal: AbortSignal,
): Promise<auth.TypeLoginToken> {
  const request = construct<auth.ExportLoginTokenRequest>(schema, 'auth.exportLoginToken', {
    apiId,
    apiHash,
    exceptIds: [],
  });
  return invoke(request, { signal });
}

/** Without padding, as it stands in a URL. @throws SignInError `UNSUPPORTED` for more than a code can show. */
function base64Url(bytes: Uint8Array): string {
  if (bytes.length > MAX_TOKEN) {
    const text = `The server sends a QR token of ${bytes.length} bytes, which no code can show`;
    throw new SignInError('UNSUPPORTED', text);
  }
  const text = btoa(String.fromCharCode(...bytes));
  return text.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
