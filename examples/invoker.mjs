// @ts-check
// Typed calls without a client: an Invoker that answers from recorded bytes. Runs offline.
import { decodeWith, encode } from '@tlgen/codec';
import { base, help, messages } from '@tlgen/telegram';
import { registry } from '@tlgen/telegram/registry';
import { schema } from '@tlgen/telegram/schema';

// docs: double
/** Answers every request with the bytes recorded for its method. */
class Recorded {
  /** @param {Readonly<Record<string, Uint8Array>>} answers */
  constructor(answers) {
    this.answers = answers;
  }

  /**
   * @template Result
   * @template {string} Errors
   * @param {import('@tlgen/codec').TlMethod<Result, Errors>} request
   * @param {import('@tlgen/codec').CallOptions} [options]
   * @returns {Promise<Result>}
   */
  async invoke(request, options) {
    if (options?.signal?.aborted) throw new Error(`${request._} was called off`);
    console.log(`→ ${request._}, ${encode(request).length} bytes`);
    const answer = this.answers[request._];
    if (answer === undefined) throw new Error(`nothing was recorded for ${request._}`);
    return decodeWith(answer, registry, (r) => request.$result(r));
  }
}
// docs: end

const nearest = encode(new base.NearestDc({ country: 'NL', thisDc: 2, nearestDc: 4 }));
const sent = encode(new base.UpdateShortSentMessage({ id: 7, pts: 100, ptsCount: 1, date: 0 }));

// docs: use
/** @type {import('@tlgen/codec').Invoker} */
const client = new Recorded({
  'help.getNearestDc': nearest,
  'messages.sendMessage': sent,
  invokeWithLayer: nearest,
});

// The result has the type that the schema gives the method.
const dc = await client.invoke(new help.GetNearestDcRequest());
console.log(`country ${dc.country}, data centre ${dc.nearestDc}`);

// A result of several constructors is a union; `_` tells them apart.
const updates = await client.invoke(
  new messages.SendMessageRequest({
    peer: new base.InputPeerSelf(),
    message: 'hello',
    randomId: 1n,
  }),
);
if (updates._ === 'updateShortSentMessage') console.log(`message ${updates.id}`);

// A wrapper has the result of what it wraps.
const query = new help.GetNearestDcRequest();
const wrapped = await client.invoke(
  new base.InvokeWithLayerRequest({ layer: schema.layer, query }),
);
console.log(`this is data centre ${wrapped.thisDc}`);
// docs: end

// docs: options
const controller = new AbortController();
controller.abort();
try {
  await client.invoke(new help.GetNearestDcRequest(), { signal: controller.signal });
} catch (error) {
  console.log(String(error));
}
// docs: end

// docs: schema
const method = schema.method('messages.sendEncrypted');
console.log(schema.layer, schema.registry.size, method?.id.toString(16));
console.log(schema.method('messages.notThere')); // undefined: this layer lacks it
// docs: end
