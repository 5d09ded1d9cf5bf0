import assert from 'node:assert/strict';
import { payloadsOf } from './prepare.mjs';

/*
 * Nothing is timed before the libraries are seen to agree: what one decodes and encodes again must be the payload, and
 * the decoded data of ours and mtcute's must be the same.
 */

/** @param {readonly { library: string, layer: number, workloads: readonly string[] }[]} subjects */
export async function check(subjects) {
  for (const { library, layer, workloads } of subjects) {
    const peer = await (await import(`./peers/${library}.mjs`)).load(layer);
    for (const workload of workloads) {
      for (const payload of payloadsOf(layer, workload)) {
        const object = workload === 'request' ? peer.request() : peer.decode(payload);
        const what = `${library}, layer ${layer}, ${workload}`;
        assert.deepEqual(Buffer.from(peer.encode(object)), Buffer.from(payload), what);
        const written = peer.body(peer.encodeIntoPacket(object));
        assert.deepEqual(Buffer.from(written), Buffer.from(payload), `${what}, into a packet`);
      }
    }
  }
  await sameData();
}

async function sameData() {
  const ours = await (await import('./peers/tlgen.mjs')).load(227);
  const theirs = await (await import('./peers/mtcute.mjs')).load(227);
  for (const workload of ['large', 'small', 'mixed'])
    for (const payload of payloadsOf(227, workload))
      assert.deepEqual(plain(ours.decode(payload)), plain(theirs.decode(payload)), workload);
}

/**
 * Data without the libraries' own ways of holding it: 64-bit numbers as text, bytes as hex, absent fields left out.
 *
 * @param {any} value
 * @returns {any}
 */
function plain(value) {
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('hex');
  if (Array.isArray(value)) return value.map(plain);
  if ('low' in value && 'high' in value) return value.toString();
  // mtcute drops a flag word that governs nothing; ours is a field of the object.
  const fields = Object.entries(value).filter(
    ([name, one]) => one !== undefined && name !== 'flags',
  );
  const data = Object.fromEntries(fields.map(([name, one]) => [camel(name), plain(one)]));
  return { ...data, _: value._ };
}

/** `A` of `inputCheckPasswordSRP` is `a` in ours: fields begin in lower case. */
const camel = (/** @type {string} */ name) => (name[0] ?? '').toLowerCase() + name.slice(1);
