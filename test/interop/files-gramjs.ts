import { gramjsClient, type Place } from '../support/strangers/gramjs.js';
import type { GramjsClient, Stranger } from './stranger-clients.js';

/** What both libraries reject when a key has leading zeros, about once in 256 exchanges: they make another. */
const ZERO_BYTE = 'Step 3 invalid new nonce hash';

/**
 * Signs in with GramJS for files: over the full framing, since in the abridged one it takes what has arrived of a
 * packet for the whole, and large ones never arrive at once.
 */
export async function gramjsForFiles(
  dc: Place,
  account: { readonly phone: string; readonly code: string },
): Promise<Stranger<GramjsClient>> {
  const client = gramjsClient(dc, 'full');
  const errors: Error[] = [];
  client.onError = async (error) => {
    if (!error.message.includes(ZERO_BYTE)) errors.push(error);
  };
  const { dataCenters } = dc.clientOptions;
  // Files it fetches at port 443, whatever `help.getConfig` says.
  client.getDC = (id) => {
    const found = dataCenters.find((one) => one.id === id && !one.ipv6);
    if (!found) return Promise.reject(new TypeError(`there is no data center ${id}`));
    return Promise.resolve({ id, ipAddress: found.host, port: found.port });
  };
  await client.connect();
  await client.start({
    phoneNumber: account.phone,
    phoneCode: async () => account.code,
    onError: (error) => {
      throw error;
    },
  });
  const close = async (): Promise<void> => {
    await client.destroy();
    if (errors.length > 0) throw new AggregateError(errors, 'GramJS failed');
  };
  return { client, close };
}
