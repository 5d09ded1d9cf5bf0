/** A row: its id, a few words, and the titles of the tests that prove it, by file below test/. */
export type Proven = readonly [
  id: string,
  words: string,
  proofs: Readonly<Record<string, readonly string[]>>,
];

const CALLS = 'end-to-end/calls';
const ERRORS = 'end-to-end/errors';
const LISTS = 'end-to-end/lists';
const OWN = 'end-to-end/own-layer';
const PEERS = 'end-to-end/peers';
const SESSIONS = 'end-to-end/sessions';
const SIGN_IN = 'end-to-end/sign-in';
const SUBSTITUTIONS = 'end-to-end/substitutions';
const TEXTS = 'end-to-end/texts';

/** What MadelineProto's README and docs of 2018 have, by the numbers of our list of it. */
export const ROWS: Readonly<Record<string, readonly Proven[]>> = {
  'generated code': [
    [
      'G15',
      'left-out parameters by empty constructors',
      { [CALLS]: ['random ids are filled in, each another; empty constructors, too'] },
    ],
  ],
  sessions: [
    [
      'E1',
      'session file',
      {
        [SESSIONS]: [
          'a path is a file: made when it is missing, and found again',
          'SqliteStorage is what a path means',
        ],
      },
    ],
    [
      'E2',
      'saving by force',
      { [SESSIONS]: ['peers are saved by force, and with the interval of the settings'] },
    ],
    [
      'E3',
      'loading',
      { [SESSIONS]: ['a path is a file: made when it is missing, and found again'] },
    ],
    [
      'E4',
      'saving by itself',
      {
        [SESSIONS]: [
          'what was learnt is saved when the client is closed',
          'a process that ends without closing loses neither key nor sign-in',
        ],
      },
    ],
    [
      'E5',
      'lock',
      {
        [SESSIONS]: [
          'two clients on one file: the second is told, and may try again later',
          'another process on the file is told, too',
        ],
        'unit/runtime/storage/kill': [
          'locks others out while it lives, and nobody after its death',
        ],
      },
    ],
    [
      'E6',
      'formats of older versions',
      {
        'unit/runtime/storage/migrations': [
          'version 1 opens, is stamped, and holds what it held',
          'a newer version is refused, says to update, and stays as it is',
        ],
      },
    ],
    [
      'E7',
      'raw authorization out and in',
      {
        [SESSIONS]: [
          'key and data center alone are enough: importSession into any storage',
          'exported as %s and imported, they work on',
        ],
      },
    ],
  ],
  calls: [
    ['M1', 'calls by namespace', { [CALLS]: ['by name and by request give the same'] }],
    [
      'M2',
      'peers wherever a type wants one',
      {
        [SUBSTITUTIONS]: [
          'where a user is expected, alone and in lists',
          'where a channel is expected',
          'where a type wraps a peer',
          'of parameters that are optional or inside plain objects',
        ],
      },
    ],
    [
      'M3',
      'marked ids',
      {
        [SUBSTITUTIONS]: [
          'a user by %s',
          'a group by marked id, chat#id and objects',
          'a channel by marked id, name, channel#id, links and objects',
        ],
      },
    ],
    ['M4', 'user names without @, in any case', { [SUBSTITUTIONS]: ['a user by %s'] }],
    [
      'M5',
      'user#id and its like',
      { [SUBSTITUTIONS]: ['a user by %s', 'a group by marked id, chat#id and objects'] },
    ],
    [
      'M6',
      'objects that hold a peer',
      {
        [SUBSTITUTIONS]: [
          'a user by objects that the server sent',
          'oneself by me, self, name, id and objects',
          'a group by marked id, chat#id and objects',
          'a channel by marked id, name, channel#id, links and objects',
        ],
      },
    ],
    [
      'M7',
      'updates and messages as peers',
      { [SUBSTITUTIONS]: ['the chat of a message, of an answer and of an update'] },
    ],
    [
      'M8',
      'me, links, support',
      {
        [SUBSTITUTIONS]: [
          'oneself by me, self, name, id and objects',
          'an invite link of a chat that one is in',
          'the support',
        ],
      },
    ],
    [
      'M10',
      'accepted inputs in the docs',
      {
        'unit/docs/model/entries': [
          'tells what must be given, what is filled in and what is accepted',
        ],
      },
    ],
    [
      'M11',
      'HTML',
      {
        [TEXTS]: [
          'marked up by %s arrive with their entities',
          'every tag of HTML that the seeds name',
        ],
      },
    ],
    ['M12', 'Markdown', { [TEXTS]: ['marked up by %s arrive with their entities'] }],
    [
      'M13',
      'mention: and buttonurl:',
      {
        [TEXTS]: [
          'mention: links name a user by name and by id',
          'buttonurl: links become buttons, :new begins a row',
        ],
      },
    ],
    [
      'M15',
      'noResponse',
      {
        [CALLS]: [
          'noResponse: resolves with nothing before there is an answer, and the call runs',
          'noResponse: is sent again until the server has it',
        ],
      },
    ],
    [
      'M16',
      'keyboards in both shapes',
      { [TEXTS]: ['keyboards of the Bot API: %o', 'keyboards of TL are sent as they are'] },
    ],
    ['M17', 'names of the Bot API', { [TEXTS]: ['names of the Bot API, with a hint in the log'] }],
    [
      'M18',
      'long messages',
      {
        [TEXTS]: [
          'above the limit are sent as several messages, with the entities at their places',
          'without white space are cut between characters',
          'that failed in the middle tell what was sent and what not',
        ],
      },
    ],
    [
      'M19',
      'other options of a call',
      {
        [CALLS]: [
          'queue: calls run in their order, though the first is slow',
          'floodWaitLimit: shorter waits are slept through, others are an error at once',
          'dc: runs there, in the name of the user',
          'timeout and signal: give up, the connection stays',
        ],
      },
    ],
    [
      'M20',
      'hints at a better way',
      { [CALLS]: ['methods that have a better way say so in the log, once'] },
    ],
    [
      'M21',
      'list of all methods',
      { 'docs/pages': ['are exactly one for every method, constructor and type'] },
    ],
  ],
  'signing in': [
    [
      'L1',
      'code by phone',
      { [SIGN_IN]: ['a user by phone and code, after a wrong one and a resent one'] },
    ],
    [
      'L2',
      'code',
      { [SIGN_IN]: ['step by step: each state says what may come next, another step is an error'] },
    ],
    [
      'L3',
      'password',
      { [SIGN_IN]: ['with a password: asked for after the code, again when it was wrong'] },
    ],
    ['L4', 'new account', { [SIGN_IN]: ['a number without an account makes one'] }],
    ['L5', 'bot', { [SIGN_IN]: ['a bot by its token, and a token that is none'] }],
    [
      'L7',
      'log out',
      {
        [SIGN_IN]: ['out, and another one in: nothing of the first is left'],
        [SESSIONS]: ['logging out clears keys and peers'],
      },
    ],
    [
      'L8',
      'states',
      { [SIGN_IN]: ['step by step: each state says what may come next, another step is an error'] },
    ],
    ['L9', 'who is signed in', { [PEERS]: ['me is asked for once'] }],
    [
      'L10',
      'bots and users',
      { [SIGN_IN]: ['a bot may not call what is for users'], [SESSIONS]: ['a bot stays a bot'] },
    ],
    [
      'L11',
      'by QR code, at another data center',
      {
        [SIGN_IN]: [
          'by a QR code that a device of the user accepts',
          'at another data center, where the account lives',
        ],
      },
    ],
  ],
  peers: [
    [
      'P1',
      'who was seen',
      {
        [PEERS]: [
          'whoever is seen in an update can be used at once',
          'a stranger met in a supergroup is named by the message, and never takes the place of a known one',
        ],
      },
    ],
    ['P2', 'info', { [PEERS]: ['info tells each kind with its ids and input forms'] }],
    [
      'P3',
      'full info',
      { [PEERS]: ['full tells all, and keeps it until it is told to ask again'] },
    ],
    [
      'P4',
      'chat with members',
      { [PEERS]: ['chat tells it in plain values, with the members if they are wanted'] },
    ],
    ['P5', 'dialogs', { [LISTS]: ['dialogs: every one once, and all of them known afterwards'] }],
    [
      'P6',
      'resolver of one’s own',
      { [PEERS]: ['a resolver of one’s own is asked before the error'] },
    ],
    [
      'P7',
      'history, search, members',
      {
        [LISTS]: [
          'history: every message once, in either direction',
          'search: in one chat and in all',
          'participants: every member once, with the role',
        ],
      },
    ],
    [
      'P8',
      'unknown peers',
      {
        [PEERS]: [
          'unknown: %s names it, says why, and what to do',
          'an invite link of a chat that one is not in says to join',
        ],
      },
    ],
  ],
  'settings as a whole': [
    [
      'MS1',
      'given in part',
      {
        'unit/runtime/client/settings': [
          'merge at any depth; lists replace; undefined changes nothing',
          'have the documented defaults',
        ],
      },
    ],
    [
      'MS2',
      'changed while running',
      { 'unit/runtime/client/client': ['takes new settings while it runs'] },
    ],
    [
      'T19',
      'schema and layer',
      {
        [OWN]: [
          'signs in, sends and reads as its own layer has it',
          'takes the loose forms of calls with an overlay',
          'has client.api typed by its own package',
        ],
      },
    ],
    ['T16', 'application', { 'unit/runtime/client/client': ['says that it needs %s'] }],
  ],
  'beyond the list': [
    [
      'I1',
      'encryption at rest',
      { [SESSIONS]: ['encrypted at rest: opened with the passphrase only'] },
    ],
    [
      'I2',
      'sessions of Telegram Desktop',
      {
        'unit/runtime/storage/formats/tdata-read': [
          'is read with a passcode, and on the portable provider',
        ],
      },
    ],
    [
      'I3',
      'no guessing of formats',
      {
        'unit/runtime/storage/formats/look-alikes': [
          'is not guessed: AMBIGUOUS names both, and the caller decides',
        ],
      },
    ],
    [
      'I4',
      'one session in two places',
      {
        [SESSIONS]: [
          'a key in two places: the server ends it, the client is told',
          'a sign-in that is ended elsewhere is told once',
        ],
      },
    ],
    [
      'I5',
      'signing in at a terminal',
      {
        'unit/runtime/terminal/terminal': [
          'by phone, with a code that is sent again, and a password that is not shown',
        ],
      },
    ],
    ['I6', 'middleware', { [CALLS]: ['middleware: sees, changes, answers and repeats calls'] }],
    ['I7', 'DataJSON', { [CALLS]: ['DataJSON: any value is written as JSON'] }],
    [
      'I8',
      'dialogs at the start',
      { [PEERS]: ['loadAllAtStart: connecting makes the partners of all dialogs known'] },
    ],
  ],
  errors: [
    ['X-1', 'one base', { [ERRORS]: ['all have one base'] }],
    [
      'X-2',
      'errors of the server',
      {
        [ERRORS]: [
          '%i %s has code, number, argument and method',
          '…_MIGRATE names its data center',
          'isRpcError tells errors, and those of a method',
          'a method that the server does not know',
        ],
      },
    ],
    [
      'X-3',
      'TL',
      {
        [ERRORS]: [
          'TL that cannot be written, with its place',
          'a method that the schema does not have, with the one that was meant',
        ],
        'unit/runtime/core/invoke': [
          'rejects with TlError when the answer cannot be read; the connection lives on',
        ],
      },
    ],
    [
      'X-4',
      'connection',
      {
        [ERRORS]: [
          'a connection that cannot be made',
          'calls of a client that is closed, or closes',
        ],
      },
    ],
    [
      'X-6',
      'security',
      {
        [ERRORS]: [
          'a server that is not who it says',
          'numbers of the server that are not safe to compute with',
        ],
      },
    ],
    ['X-7', 'markup', { [ERRORS]: ['markup that cannot be read, with its offset'] }],
  ],
};
