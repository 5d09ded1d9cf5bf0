import { buildPages } from '../../../../generator/src/docs/model/build-pages.js';
import type {
  DocsSchema,
  EntryPage,
  PageKind,
  SchemaPages,
} from '../../../../generator/src/docs/types.js';
import { schemaOf } from '../../../support/schemas.js';

/** A schema with a bit of everything that pages show. */
export const SMALL = `// LAYER 3
inputPeerSelf#7da07ec9 = InputPeer;
inputPeerUser#dde8a54c user_id:long access_hash:long = InputPeer;
message#1 flags:# out:flags.1?true pinned:flags.24?true id:int text:flags.1?string peer:InputPeer = Message;
messageEmpty#2 id:int = Message;
box#3 inner:message items:Vector<Message> = Box;
//@description Sent.
test.sent#4 id:int = test.Sent;
---functions---
//@description Sends a \`message\`.
//@text What to say
test.send#10 flags:# silent:flags.0?true peer:InputPeer random_id:long text:string = test.Sent;
test.sendFile#11 peer:InputPeer file:bytes = test.Sent;
test.getMessages#12 id:Vector<int> = Vector<Message>;
invokeAfter#13 {X:Type} msg_id:long query:!X = X;
`;

export const OLDER = `// LAYER 2
inputPeerSelf#7da07ec9 = InputPeer;
message#5 id:int peer:InputPeer = Message;
messageEmpty#2 id:int = Message;
messageOld#6 id:int = Message;
oldBox#7 = OldBox;
test.sent#4 id:int = test.Sent;
---functions---
test.send#10 peer:InputPeer text:string = test.Sent;
test.forget#14 = Bool;
`;

export const OLDEST = `// LAYER 1
messageEmpty#2 id:int = Message;
---functions---
test.forget#14 = Bool;
`;

export const FACTS: Pick<DocsSchema, 'errors' | 'knownErrors' | 'overlay' | 'descriptions'> = {
  errors: {
    source: 'a list',
    date: '2026-01-02',
    methods: {
      'test.send': [
        { name: 'SLOW_WAIT_%d', code: 420 },
        { name: 'PEER_INVALID', code: 400 },
      ],
      'test.sendFile': [{ name: 'PEER_INVALID', code: 400 }],
    },
    callers: { 'test.send': 'user' },
  },
  knownErrors: [
    { name: 'PEER_INVALID', code: 400, general: false, description: 'No such peer.' },
    { name: 'TIMEOUT', code: 503, general: true, description: null },
  ],
  overlay: {
    substitutes: { InputPeer: { accepts: 'PeerLike', words: 'Username or id' } },
    filled: [{ field: 'random_id', type: 'long', fill: 'random', words: 'A fresh number' }],
    instead: [{ use: 'chat.send', words: 'It retries', methods: ['test.send'], pending: 'Soon' }],
    aliases: [
      { alias: 'chat_id', field: 'peer', methods: ['test.send', 'test.sendFile'] },
      { alias: 'quiet', field: 'silent', accepts: 'number', methods: ['test.send'] },
    ],
    parseMode: ['test.markUp', 'test.send'],
  },
  descriptions: { constructors: {}, methods: {}, types: { Message: 'A message.' } },
};

export const SMALL_DOCS: DocsSchema = {
  key: 'small',
  title: 'Small API',
  package: 'small-api',
  schema: schemaOf(SMALL, 'small.tl'),
  ...FACTS,
};

/** Pages of a set of one. */
export function pagesOf(docs: DocsSchema): SchemaPages {
  const [pages] = buildPages([docs]);
  if (pages === undefined) throw new Error('no pages');
  return pages;
}

/** One page; fails when there is none, or more than one. */
export function pageOf<Kind extends EntryPage['kind']>(
  { pages }: SchemaPages,
  kind: Kind & PageKind,
  name: string,
): Extract<EntryPage, { kind: Kind }> {
  const found = pages.filter((page) => page.kind === kind && page.name === name);
  if (found.length !== 1) throw new Error(`${found.length} pages of ${kind} ${name}`);
  return found[0] as Extract<EntryPage, { kind: Kind }>;
}
