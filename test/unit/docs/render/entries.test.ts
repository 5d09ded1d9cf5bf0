import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  constructor,
  field,
  frontOf,
  listed,
  method,
  part,
  ref,
  rendered,
  type,
} from './models.js';
import type { ErrorPage, LayerPage } from '../../../../generator/src/docs/types.js';

const flood: ErrorPage = {
  ...ref('error', 'FLOOD_%d', 'main', 'FLOOD_X'),
  kind: 'error',
  title: 'FLOOD_%d',
  description: null,
  layer: 7,
  codes: [400, 420],
  general: true,
  advice: 'Wait.',
  thrownBy: [listed('method', 'a.send', 'Sends it')],
  facts: { source: 'data', date: '2026-01-02' },
};

const layer: LayerPage = {
  ...ref('layer', '7'),
  kind: 'layer',
  title: 'Layer 7',
  description: 'What changed from layer 5 to layer 7.',
  layer: 7,
  from: 5,
  to: 7,
  breaking: true,
  groups: [
    {
      what: 'methods',
      added: [
        {
          name: 'a.send',
          ref: ref('method', 'a.send'),
          tl: 'a.send#f = X;',
          changes: [],
          breaking: false,
        },
      ],
      removed: [{ name: 'a.old', ref: null, tl: 'a.old#e = X;', changes: [], breaking: true }],
      changed: [
        {
          name: 'a.get',
          ref: null,
          tl: null,
          changes: [{ words: '`id` removed (was `int`)', breaking: true }],
          breaking: true,
        },
      ],
    },
  ],
};

const send = method('a.send', {
  description: 'Sends a|b.',
  tl: 'a.send#f flags:# silent:flags.0?true peer:Vector<Peer> random_id:long = Bool;',
  types: [part('builtin', '#', 'nat'), part('type', 'Peer')],
  fields: [
    field('silent', { flag: { word: 'flags', bit: 0 }, required: 'no', description: 'No | sound' }),
    field('peer', {
      type: [
        part('builtin', 'Vector'),
        { text: '<', ref: null },
        part('type', 'Peer'),
        { text: '>', ref: null },
      ],
      accepts: 'Username, chat id or Message',
    }),
    field('random_id', { required: 'filled', filledWith: 'A fresh number', description: 'Its id' }),
    field('any', { flag: { word: 'mode', bit: null }, required: 'no' }),
  ],
  flagWords: [
    { name: 'flags', bits: [{ bit: 0, mask: '0x00000001', fields: ['silent', 'x'] }] },
    { name: 'mode', bits: [{ bit: null, mask: null, fields: ['any'] }] },
  ],
  resultConstructors: [{ ...listed('constructor', 'user', 'A user.'), tl: 'user#1 = User;' }],
  errors: [{ name: 'FLOOD_%d', code: 420, description: null, ref: flood }],
  callers: 'user',
  facts: { source: 'npm data 1.0', date: '2026-01-02' },
  instead: [{ use: 'chat.send', words: 'It counts', pending: 'Not yet' }],
  aliases: [
    { alias: 'chat_id', property: 'peer', accepts: null },
    { alias: 'quiet', property: 'silent', accepts: 'number' },
  ],
  parseMode: true,
  examples: [{ title: 'TypeScript', language: 'ts', code: 'send();\n' }],
  related: [listed('method', 'a.get', null)],
  history: {
    since: 5,
    notIn: 3,
    removedIn: null,
    changes: [
      {
        layer: 7,
        from: 5,
        changes: [{ words: '`x` added: `int`', breaking: true }],
        breaking: true,
      },
    ],
  },
});

describe('a method', () => {
  it('keeps its tables whole, whatever its errors are called', async () => {
    const errors = [{ name: 'a|b', code: 400, description: null, ref: null }];
    const body = bodyOf(await rendered('methods/a.send.md', [{ ...send, errors }, flood, layer]));
    expect(body).toContain('| 400 | a\\|b | – |');
  });

  it('has its sections in a fixed order', async () => {
    const pages = [send, flood, layer, type('Peer')];
    expect(bodyOf(await rendered('methods/a.send.md', pages))).toBe(
      `# a.send

Up: [Methods](index.md), [Main API](../index.md)

Sends a|b.

> **A better way:** \`chat.send\`. It counts. Not yet.

\`\`\`tl signature
a.send#f flags:# silent:flags.0?true peer:Vector<Peer> random_id:long = Bool;
\`\`\`

Types: [#](../types/nat.md), [Peer](../types/Peer.md)

Constructors of the result:

\`\`\`tl result
user#1 = User;
\`\`\`

## Parameters

| Name | Type | Required | Description |
| --- | --- | --- | --- |
| \`silent\` | [int](../types/int.md) | No \`flags.0\` | No \\| sound |
| \`peer\` | [Vector](../types/Vector.md)&lt;Username, chat id, Message or [Peer](../types/Peer.md)> | Yes | – |
| \`random_id\` | [int](../types/int.md) | Filled in | Its id. Left out of a \`client.api\` call, it is a fresh number. |
| \`any\` | [int](../types/int.md) | No \`mode\` | – |

Only \`client.api\` takes other forms of a type and fills in what is left out: \`client.invoke\` needs every parameter but the optional ones, in its own type.

\`client.api\` also takes \`parseMode\`: \`html\`, \`markdown\` or \`markdownv2\`. It reads \`message\` as text marked up that way and makes \`entities\` of it.

\`client.api\` knows names of the Bot API, too: \`chat_id\` for \`peer\`, \`quiet\` (a number) for \`silent\`.

## Flag bits

| Word | Bit | Mask | Fields |
| --- | --- | --- | --- |
| \`flags\` | 0 | \`0x00000001\` | \`silent\`, \`x\` |
| \`mode\` | any | – | \`any\` |

What shares a bit is present together or not at all.

## Result

[Bool](../types/Bool.md).

- [user](../constructors/user.md): A user.

## Errors

| Code | Type | Description |
| --- | --- | --- |
| 420 | [FLOOD_%d](../errors/FLOOD_X.md) | – |

Some errors are [answers to any method](../errors/index.md#general).

## Who may call it

Users only: a bot cannot call it.

Data: npm data 1.0, of 2026-01-02.

## Example

<!-- tabs -->

**TypeScript**

\`\`\`ts
send();
\`\`\`

<!-- /tabs -->

## Related

- [a.get](a.get.md)

## History

Since layer 5; layer 3 does not have it.

- Changed in [layer 7](../layers/7.md) — **breaking**:
  - \`x\` added: \`int\` — **breaking**`,
    );
  });

  it('says so when there is nothing to say', async () => {
    const facts = { source: 'data', date: '' };
    const history = { since: 3, notIn: null, removedIn: 7, changes: [] };
    const body = bodyOf(await rendered('methods/a.md', [method('a', { facts, history }), layer]));
    expect(body).toBe(`# a

Up: [Methods](index.md), [Main API](../index.md)

*There is no description of this method yet.*

> **Removed** in [layer 7](../layers/7.md): the packages of that layer and later ones do not have it.

\`\`\`tl signature
a#f = X;
\`\`\`

## Parameters

This method has no parameters.

## Result

[Bool](../types/Bool.md).

## Errors

No errors of this method in particular are known.

## Who may call it

Unknown: the data says nothing about this method.

Data: data.

## History

Since layer 3 or earlier.

Removed in [layer 7](../layers/7.md).`);
  });

  it('has no sections about errors and callers where no data exists', async () => {
    const body = bodyOf(await rendered('methods/a.md', [method('a')]));
    expect(body).not.toMatch(/## (?:Errors|Who may call it)/);
  });

  it('has front matter that is JSON, line by line', async () => {
    expect(frontOf(await rendered('methods/a.send.md', [send]))).toEqual({
      title: 'a.send',
      description: 'Sends a|b.',
      kind: 'method',
      schema: 'main',
      name: 'a.send',
      namespace: 'a',
      id: '0000000f',
      layer: 7,
      since: 5,
      sinceFrom: true,
      changed: [7],
      callers: 'user',
    });
    expect(frontOf(await rendered('methods/a.md', [method('a')]))).toMatchObject({
      description: 'Method a of Main API.',
      callers: 'unknown',
    });
  });
});

describe('a constructor', () => {
  const form = (name: string, since: number, until: number | null) => ({
    ref: ref('constructor', name),
    id: `0000000${since}`,
    since,
    until,
  });
  const user = constructor('user', {
    description: 'A user.',
    variants: [form('user_3', 3, 4), form('user', 5, null)],
    variantFields: [
      { name: 'id', types: ['int', 'long'] },
      { name: 'a', types: [null, 'flags.0?Vector<int>'] },
    ],
    usedBy: { returnedBy: [], acceptedBy: [listed('method', 'a.send', 'Sends.')], containedIn: [] },
  });

  it('shows its forms side by side and what uses its type', async () => {
    const page = await rendered('constructors/user.md', [user, type('User')]);
    expect(frontOf(page)).toMatchObject({ layers: [5, null] });
    expect(bodyOf(page)).toBe(`# user

Up: [Constructors](index.md), [Main API](../index.md)

A user.

\`\`\`tl signature
user#f = X;
\`\`\`

## Fields

This constructor has no fields.

## Type

[User](../types/User.md)

## Layers

Its forms by layer; each has a page of its own.

| Layers | [3–4](user_3.md) | **5 and later** |
| --- | --- | --- |
| id | \`#00000003\` | \`#00000005\` |
| \`id\` | \`int\` | \`long\` |
| \`a\` | – | \`flags.0?Vector<int>\` |

## Used by

1 use of its type [User](../types/User.md) in this schema.

### Accepted by

- [a.send](../methods/a.send.md): Sends.`);
  });

  it('of one form says since when', async () => {
    const one = constructor('user', { variants: [form('user', 5, null)] });
    expect(bodyOf(await rendered('constructors/user.md', [one]))).toContain(
      '## Layers\n\nThis is the only form it has had: since layer 5.\n\n## Used by',
    );
  });
});

describe('other kinds', () => {
  it('a type', async () => {
    const peer = type('Peer', {
      description: 'Somebody.',
      accepts: 'A username',
      constructors: [{ ...listed('constructor', 'peer', 'One.'), tl: 'peer#1 = Peer;' }],
    });
    expect(bodyOf(await rendered('types/Peer.md', [peer]))).toBe(`# Peer

Up: [Types](index.md), [Main API](../index.md)

Somebody.

Accepted in its place by \`client.api\` calls: A username.

\`\`\`tl result
peer#1 = Peer;
\`\`\`

## Constructors

- [peer](../constructors/peer.md): One.

## In TypeScript

\`base.TypePeer\`

## Used by

Nothing in this schema: no uses.`);
  });

  it('a built-in type', async () => {
    const page = await rendered('types/nat.md', [
      {
        ...ref('builtin', '#', 'main', 'nat'),
        kind: 'builtin',
        title: '#',
        description: 'A number.',
        layer: 7,
        tsType: '`number`',
        json: 'a number',
        wire: '4 bytes',
        usedBy: { returnedBy: [], acceptedBy: [], containedIn: [listed('constructor', 'a', null)] },
      },
    ]);
    expect(bodyOf(page)).toBe(`# \\#

Up: [Types](index.md), [Main API](../index.md)

A number.

| Where | Form |
| --- | --- |
| In TypeScript | \`number\` |
| In JSON | a number |
| On the wire | 4 bytes |

## Used by

1 use in this schema.

### Contained in

- [a](../constructors/a.md)`);
  });

  it('an error', async () => {
    const page = await rendered('errors/FLOOD_X.md', [flood]);
    expect(frontOf(page)).toMatchObject({ name: 'FLOOD_%d', codes: [400, 420] });
    expect(bodyOf(page)).toBe(`# FLOOD_%d

Up: [Errors](index.md), [Main API](../index.md)

*There is no description of this error yet.*

Codes **400**, **420**. \`%d\` stands for a number.

## What to do

Wait.

## Thrown by

Any method may answer with it. All methods that throw this: 1 method.

- [a.send](../methods/a.send.md): Sends it

Data: data, of 2026-01-02.`);
  });

  it('an error of any method, and of none in particular', async () => {
    const body = bodyOf(await rendered('errors/FLOOD_X.md', [{ ...flood, thrownBy: [] }]));
    expect(body).toContain('Any method may answer with it. The data names none in particular.');
  });

  it('a namespace', async () => {
    const page = await rendered('namespaces/base.md', [
      {
        ...ref('namespace', '', 'main', 'base'),
        kind: 'namespace',
        title: 'base',
        description: 'What has no namespace.',
        layer: 7,
        methods: [listed('method', 'go', 'Goes.')],
        constructors: [],
        types: [listed('type', 'Peer', null)],
      },
    ]);
    expect(frontOf(page)).toMatchObject({ kind: 'namespace', name: 'base' });
    expect(bodyOf(page)).toBe(
      '# base\n\nUp: [Namespaces](index.md), [Main API](../index.md)\n\nWhat has no namespace.\n\n## Methods\n\n- [go](../methods/go.md): Goes.\n\n## Types\n\n- [Peer](../types/Peer.md)',
    );
  });

  it('a layer', async () => {
    expect(bodyOf(await rendered('layers/7.md', [layer]))).toBe(`# Layer 7

Up: [Layers](index.md), [Main API](../index.md)

What changed from layer 5 to layer 7.

> **Breaking:** code written for the layer before may not compile; such changes are marked.

## Methods

### Added

- [a.send](../methods/a.send.md)

\`\`\`tl
a.send#f = X;
\`\`\`

### Removed

- a.old — **breaking**

\`\`\`tl
a.old#e = X;
\`\`\`

### Changed

- a.get — **breaking**
  - \`id\` removed (was \`int\`) — **breaking**`);
  });
});
