import type { Proven } from './feature-rows.js';

const API = 'end-to-end/files/client-api';
const CDN = 'end-to-end/files/faults-cdn';
const DOWNLOADS = 'end-to-end/files/faults-download';
const KILL = 'kill/transfers';
const LARGE = 'end-to-end/files/large';
const MATRIX = 'end-to-end/files/matrix';
const RANGES = 'end-to-end/files/ranges';
const unit = (name: string): string => `unit/runtime/files/${name}`;

/** The rows on files of MadelineProto's README and docs of 2018. */
export const FILE_ROWS: readonly Proven[] = [
  [
    'F1',
    'upload',
    {
      [MATRIX]: [
        '$size bytes, length known: $known: what arrives is what was sent',
        '0 bytes: refused before anything is sent',
        'from %s into every sink, and encrypted',
      ],
      [API]: ['takes what was uploaded, and an object of the type'],
      [KILL]: ['uploads: the next goes on, and the file is whole'],
      [unit('upload/sizes')]: ['is named by the options, else the source, else by what it is'],
      'browser/files': ['sends from every source, and gets it every way'],
    },
  ],
  [
    'F2',
    'upload of a file for a secret chat',
    {
      [MATRIX]: ['%d bytes, encrypted: what is decrypted is what was sent'],
      [API]: ['takes an encrypted upload, its inputFile, and the file of another secret message'],
      [KILL]: ['uploads an encrypted file: one key, one stream'],
      [unit('upload/sizes')]: [
        'of %i bytes arrives whole and encrypted',
        'takes a fresh id and a fresh key each time',
        'fills the last block up with random bytes',
      ],
    },
  ],
  [
    'F3',
    'progress',
    {
      [unit('upload/sizes')]: [
        'tells the total from the first part on when it is known, else with the last part only',
      ],
      [unit('download/ranges')]: ['%i bytes', '%i bytes, unknown size'],
      [unit('media/input-media')]: ['tells of the file, and not of its thumbnail'],
      'browser/files': ['sends from every source, and gets it every way'],
    },
  ],
  [
    'F4',
    'parts, and those of large files',
    {
      [MATRIX]: ['$size bytes, length known: $known: what arrives is what was sent'],
      [LARGE]: [
        'of known length; then as chunks, and to the disk',
        'of unknown length; then as a stream, at the pace of its reader',
        'encrypted',
      ],
      [unit('upload/window')]: ['are never more than %i, and so many when they may'],
      [unit('upload/too-large')]: ['refuses more parts than any account may send'],
    },
  ],
  [
    'F5',
    'download to a directory',
    {
      [MATRIX]: ['from %s into every sink, and encrypted'],
      [unit('sink/save')]: [
        'saves under the name, and the next free one when it is taken',
        'security/traversal: %j stays in the directory',
        'security/symlink: does not write through one',
      ],
      [unit('sink/safe-name')]: [
        'security/traversal: any name is one component, directly in the directory, and stays',
      ],
    },
  ],
  [
    'F6',
    'download to a file, which goes on',
    {
      [MATRIX]: ['from %s into every sink, and encrypted'],
      [KILL]: ['downloads: the next goes on, and the file is whole'],
      [unit('sink/save')]: [
        'files/atomic: nobody sees half a file, nor half of the one that takes its place',
        'files/resume: goes on at any byte, and tells the bytes before it',
        'files/resume: what is of another file, or longer than the file, is not gone on with',
      ],
    },
  ],
  [
    'F7',
    'download to a stream, of a range',
    {
      [MATRIX]: ['from %s into every sink, and encrypted'],
      [RANGES]: [
        '[start, end) gives exactly these bytes',
        'a small range costs one small request',
        'a range beyond the end is cut, one that begins there or is turned round is refused',
      ],
      [unit('download/ending')]: [
        'nothing is asked for before the first pull, nor beyond the window',
      ],
    },
  ],
  [
    'F8',
    'what is taken for a file',
    {
      [API]: [
        'messages.sendMedia takes %s',
        'messages.sendMedia takes %s of a photo',
        'messages.sendMedia takes %s of a document',
        '%s is refused where a file or media is expected',
      ],
      [unit('location/locate')]: ['%s', 'a file of a secret chat'],
      [unit('location/thumbs')]: ['photo, thumb %j: size %s', 'document, thumb %s'],
      [unit('location/hostile')]: ['any field of any type of wrong kind, or missing'],
    },
  ],
  [
    'F9',
    'file ids of the Bot API',
    {
      'interop/file-ids': [
        'in ids that we print',
        'in ids that it prints',
        'in the ids that others published',
        'in unique ids, and makes the same of a file',
      ],
      [unit('file-id/published')]: ['$from: $id', 'version 2, %s: %s'],
      [unit('file-id/round-trip')]: ['ids of all kinds, types, sources and versions'],
      [unit('file-id/of-objects')]: ['in a message and its media'],
      [unit('file-id/hostile')]: ['good ids with a changed, lost or added byte'],
      'unit/runtime/client/send-real': [
        'is sent again by message, media and file id, without an upload',
      ],
    },
  ],
  [
    'F10',
    'CDN, and its hashes',
    {
      [RANGES]: ['[start, end) gives exactly these bytes'],
      [CDN]: [
        'bytes are wrong once, at any part: they are asked for again',
        'bytes are wrong for ever, at any part: it ends with that, and none of them is given out',
        'one bit is wrong at the CDN, anywhere: it ends with that',
        'the copy is lost, at any part: it is brought there again',
        'the token is forgotten, at any part: another one is asked for',
      ],
      [unit('download/cdn')]: ['blocks of %i bytes, %i hashes at a time'],
    },
  ],
  [
    'F11',
    'a file at another data center',
    {
      [RANGES]: ['[start, end) gives exactly these bytes'],
      [DOWNLOADS]: [
        'while it is downloaded, before any part: the others are asked for there at once',
        'at any part: the authorization is taken there anew',
      ],
      'interop/files-gramjs': ['are fetched by both, also after they were moved'],
    },
  ],
  [
    'F12',
    'download of a file of a secret chat',
    {
      [MATRIX]: ['%d bytes, encrypted: what is decrypted is what was sent'],
      [RANGES]: ['an encrypted file gives its ranges, too'],
      [KILL]: ['downloads an encrypted file: the next goes on decrypting'],
      [unit('download/encrypted')]: [
        '%i bytes are decrypted and cut to their size',
        '%s: WRONG_KEY before anything is asked for',
        'that are truncated at the server: WRONG_SIZE',
      ],
      [unit('encrypted/file-key')]: ['sec/file: has the fingerprint of the vector'],
    },
  ],
];
