import { describe, expect, it } from 'vitest';
import { tlFromGramjs } from '../../../schemas/rebuild/gramjs.mjs';
import { computeId, isProven, readLines, renderSchema } from '../../../schemas/rebuild/line.mjs';
import { tlFromMtcute } from '../../../schemas/rebuild/mtcute.mjs';
import { tlFromTeleproto } from '../../../schemas/rebuild/teleproto.mjs';

const sendEncrypted =
  'messages.sendEncrypted#44fa7a15 flags:# silent:flags.0?true peer:InputEncryptedChat random_id:long data:bytes = messages.SentEncryptedMessage;';
const invokeWithLayer = 'invokeWithLayer#da9b0d0d {X:Type} layer:int query:!X = X;';
const initPeer = 'inputPeerChat#35a95cb9 chat_id:long = InputPeer;';
const srp = 'inputCheckPasswordSRP#d27ff082 srp_id:long A:bytes M1:bytes = InputCheckPasswordSRP;';

const text = (constructors: string[], methods: string[], layer?: number) =>
  [
    ...(layer === undefined ? [] : [`// LAYER ${layer}`]),
    '---types---',
    ...constructors,
    '---functions---',
    ...methods,
    '',
  ].join('\n');

/** An argument as teleproto keeps it. */
const argument = (type: string | null, more = {}) => ({
  isVector: false,
  isFlag: false,
  flagName: null,
  flagIndex: -1,
  flagIndicator: type === null,
  type,
  useVectorId: null,
  ...more,
});

describe('computeId', () => {
  it.each([
    'boolFalse#bc799737 = Bool;',
    'vector#1cb5c415 {t:Type} # [ t ] = Vector t;',
    sendEncrypted,
    invokeWithLayer,
    srp,
    'messages.sendVote#10ea6184 peer:InputPeer msg_id:int options:Vector<bytes> = Updates;',
  ])('gives the id of %s', (line) => {
    const [parsed] = readLines(line);
    expect(parsed).toBeDefined();
    expect(computeId(parsed!)).toBe(parsed!.id);
  });

  it('notices a changed line', () => {
    expect(isProven(readLines(initPeer.replace('long', 'int'))[0]!)).toBe(false);
  });
});

describe('readLines and renderSchema', () => {
  it('give back what they were given', () => {
    const source = text([initPeer, srp], [sendEncrypted, invokeWithLayer], 229);
    expect(renderSchema(readLines(source), 229)).toBe(source);
  });
});

describe('tlFromMtcute', () => {
  it('undoes int53, split modifiers and the entries of its own', () => {
    const schema = {
      l: 228,
      e: [
        {
          kind: 'class',
          name: 'inputPeerChat',
          id: 0x35a95cb9,
          type: 'InputPeer',
          arguments: [{ name: 'chat_id', type: 'int53' }],
        },
        { kind: 'class', name: 'mtcute.dummyUpdate', id: 1, type: 'Update', arguments: [] },
        {
          kind: 'method',
          name: 'invokeWithLayer',
          id: 0xda9b0d0d,
          type: 'X',
          generics: [{ name: 'X', type: 'Type' }],
          arguments: [
            { name: 'layer', type: 'int' },
            { name: 'query', type: '!X' },
          ],
        },
        {
          kind: 'method',
          name: 'a.b',
          id: 0x0a,
          type: 'int53',
          typeModifiers: { isVector: true },
          arguments: [
            { name: 'flags2', type: '#' },
            {
              name: 'ids',
              type: 'int53',
              typeModifiers: { isVector: true, predicate: 'flags2.31' },
            },
          ],
        },
      ],
    } as const;
    expect(tlFromMtcute(schema)).toBe(
      text(
        [initPeer],
        [invokeWithLayer, 'a.b#a flags2:# ids:flags2.31?Vector<long> = Vector<long>;'],
        228,
      ),
    );
  });
});

describe('tlFromTeleproto', () => {
  it('finds the spelling that gives the id', () => {
    const definitions = [
      {
        name: 'InputCheckPasswordSRP',
        constructorId: 0xd27ff082,
        argsConfig: { srpId: argument('long'), A: argument('bytes'), M1: argument('bytes') },
        result: 'InputCheckPasswordSRP',
        isFunction: false,
      },
      {
        name: 'SendEncrypted',
        namespace: 'messages',
        constructorId: 0x44fa7a15,
        argsConfig: {
          flags: argument(null),
          silent: argument('true', { isFlag: true, flagName: 'flags', flagIndex: 0 }),
          peer: argument('InputEncryptedChat'),
          randomId: argument('long'),
          data: argument('bytes'),
        },
        result: 'messages.SentEncryptedMessage',
        isFunction: true,
      },
      {
        name: 'InvokeWithLayer',
        constructorId: 0xda9b0d0d,
        argsConfig: { layer: argument('int'), query: argument('X') },
        result: 'X',
        isFunction: true,
      },
    ];
    expect(tlFromTeleproto(definitions, 229)).toBe(
      text([srp], [sendEncrypted, invokeWithLayer], 229),
    );
  });
});

describe('tlFromGramjs', () => {
  it('adds the layer and sections', () => {
    expect(tlFromGramjs(`${initPeer}\n---functions---\n${invokeWithLayer}\n`, 198)).toBe(
      text([initPeer], [invokeWithLayer], 198),
    );
  });
});
