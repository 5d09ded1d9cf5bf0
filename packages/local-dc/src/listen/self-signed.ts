import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import type { Certificate } from './types.js';

/** DER tags (X.690). */
const BOOLEAN = 0x01;
const INTEGER = 0x02;
const BIT_STRING = 0x03;
const OCTET_STRING = 0x04;
const OID = 0x06;
const UTF8_STRING = 0x0c;
const UTC_TIME = 0x17;
const SEQUENCE = 0x30;
const SET = 0x31;

const ECDSA_WITH_SHA256 = [0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04, 0x03, 0x02];
const COMMON_NAME = [0x55, 0x04, 0x03];
const SUBJECT_KEY_ID = [0x55, 0x1d, 0x0e];
const SUBJECT_ALT_NAME = [0x55, 0x1d, 0x11];
const BASIC_CONSTRAINTS = [0x55, 0x1d, 0x13];

const DAY = 86_400_000;

function der(tag: number, ...parts: (Uint8Array | readonly number[])[]): Uint8Array {
  const body = Buffer.concat(parts.map((one) => Uint8Array.from(one)));
  const { length } = body;
  const size =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Uint8Array.of(tag, ...size), body]);
}

const text = (value: string): Uint8Array => Buffer.from(value, 'utf8');

function time(at: number): Uint8Array {
  const digits = new Date(at).toISOString().replace(/[-:T]/g, '').slice(2, 14);
  return der(UTC_TIME, text(`${digits}Z`));
}

function extension(id: number[], critical: boolean, value: Uint8Array): Uint8Array {
  const flag = critical ? der(BOOLEAN, [0xff]) : [];
  return der(SEQUENCE, der(OID, id), flag, der(OCTET_STRING, value));
}

/** Names of this host in a subjectAltName: dNSName is context tag 2, iPAddress tag 7. */
function alternativeNames(): Uint8Array {
  const ipv6 = [...new Array<number>(15).fill(0), 1];
  return der(SEQUENCE, der(0x82, text('localhost')), der(0x87, [127, 0, 0, 1]), der(0x87, ipv6));
}

function pem(label: string, bytes: Uint8Array): string {
  const lines =
    Buffer.from(bytes)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/**
 * Makes a certificate for `localhost`, `127.0.0.1` and `::1`, signed by itself (X.509 v3, ECDSA on P-256), good from
 * yesterday on for ten years. Its key is new each time and lives as long as the process.
 *
 * @param now - unix time, milliseconds.
 */
export function selfSigned(now: number = Date.now()): Certificate {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  const algorithm = der(SEQUENCE, der(OID, ECDSA_WITH_SHA256));
  const commonName = der(SEQUENCE, der(OID, COMMON_NAME), der(UTF8_STRING, text('tlgen local-dc')));
  const name = der(SEQUENCE, der(SET, commonName));
  // The first byte keeps the number positive and of full length.
  const serial = Uint8Array.of(0x40, ...randomBytes(15));
  const keyId = createHash('sha1').update(spki).digest();
  const extensions = der(
    SEQUENCE,
    extension(BASIC_CONSTRAINTS, true, der(SEQUENCE, der(BOOLEAN, [0xff]))),
    extension(SUBJECT_ALT_NAME, false, alternativeNames()),
    extension(SUBJECT_KEY_ID, false, der(OCTET_STRING, keyId)),
  );
  const body = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, [2])),
    der(INTEGER, serial),
    algorithm,
    name,
    der(SEQUENCE, time(now - DAY), time(now + 3650 * DAY)),
    name,
    spki,
    der(0xa3, extensions),
  );
  const signature = sign('sha256', body, privateKey);
  const certificate = der(SEQUENCE, body, algorithm, der(BIT_STRING, [0], signature));
  return {
    cert: pem('CERTIFICATE', certificate),
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}
