import { decodeWith, Registry, TlError, type TlObject, type TlReader } from '@tlgen/codec';
import {
  ClientDHInnerData,
  MsgsAck,
  PQInnerData,
  PQInnerDataDc,
  PQInnerDataTemp,
  PQInnerDataTempDc,
  ReqDHParamsRequest,
  ReqPqMultiRequest,
  ReqPqRequest,
  SetClientDHParamsRequest,
} from '@tlgen/mtproto';
import { equalBytes, type CryptoProvider } from '@tlgen/runtime/crypto';
import { refuse } from './refused.js';

/** What a client may say without encryption. */
export type Query =
  ReqPqRequest | ReqPqMultiRequest | ReqDHParamsRequest | SetClientDHParamsRequest | MsgsAck;

/** Every form of the data under RSA: permanent or temporary, with and without the data center. */
export type PqInner = PQInnerData | PQInnerDataDc | PQInnerDataTemp | PQInnerDataTempDc;

const queries = new Registry()
  .addMethods([ReqPqRequest, ReqPqMultiRequest, ReqDHParamsRequest, SetClientDHParamsRequest])
  .add('MsgsAck', [MsgsAck]);
const pqInners = new Registry().add('P_Q_inner_data', [
  PQInnerData,
  PQInnerDataDc,
  PQInnerDataTemp,
  PQInnerDataTempDc,
]);
const clientInners = new Registry().add('Client_DH_Inner_Data', [ClientDHInnerData]);

const HASH_SIZE = 20;
const BLOCK = 16;

/** @throws Refused. */
export function readQuery(body: Uint8Array): Query {
  return read<Query>('query', body, queries, (r) => r.object(0));
}

/** @param padded - the data and its random padding. @throws Refused. */
export function readPqInner(padded: Uint8Array): PqInner {
  return read<PqInner>('data under RSA', padded, pqInners, (r) => {
    const inner = r.object(0);
    r.fixed(r.left);
    return inner;
  });
}

/** @param plain - hash, data and padding of less than 16 bytes. @throws Refused. */
export function readClientInner(crypto: CryptoProvider, plain: Uint8Array): ClientDHInnerData {
  const data = openHashed(crypto, plain);
  if (data === null) throw refuse('set_client_DH_params: the hash of encrypted_data is wrong');
  return read<ClientDHInnerData>('client_DH_inner_data', data, clientInners, (r) => r.object(0));
}

function openHashed(crypto: CryptoProvider, plain: Uint8Array): Uint8Array | null {
  for (let end = plain.length; end > plain.length - BLOCK && end > HASH_SIZE; end -= 4) {
    const data = plain.subarray(HASH_SIZE, end);
    if (equalBytes(crypto.sha1(data), plain.subarray(0, HASH_SIZE))) return data;
  }
  return null;
}

function read<T extends TlObject>(
  what: string,
  bytes: Uint8Array,
  registry: Registry,
  reading: (r: TlReader) => TlObject,
): T {
  try {
    return decodeWith(bytes, registry, reading) as T;
  } catch (thrown) {
    if (!(thrown instanceof TlError)) throw thrown;
    throw refuse(`no ${what} of the key exchange: ${thrown.reason}`);
  }
}
