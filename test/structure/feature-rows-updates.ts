import type { Proven } from './feature-rows.js';

const HANDLERS = 'end-to-end/updates/handlers';
const READING = 'end-to-end/updates/reading';
const RESTART = 'end-to-end/updates/restart';
const SETTINGS = 'unit/runtime/client/settings-effect-updates';
const unit = (name: string): string => `unit/runtime/updates/${name}`;

/** The rows on updates of MadelineProto's README and docs of 2018. */
export const UPDATE_ROWS: readonly Proven[] = [
  [
    'U1',
    'a callback for each update',
    {
      [HANDLERS]: [
        'get each update once and in order, whatever is sent meanwhile',
        'update: one callable gets each update; its errors are told, and do not end it',
      ],
      'unit/runtime/client/settings-effect-client': [
        'updates.handler: each update; what it throws or rejects with is told; live',
      ],
    },
  ],
  [
    'U2',
    'get_updates',
    {
      [READING]: ['numbers updates from 0; offset, limit and timeout are heeded'],
      [unit('hub/get-updates')]: [
        'gives what has come since the first call, again and again until the offset confirms it',
        'waits for the first update as long as it was told',
      ],
    },
  ],
  [
    'U3',
    'update_id',
    { [READING]: ['numbers updates from 0; offset, limit and timeout are heeded'] },
  ],
  [
    'U4',
    'a bounded queue, and what happens when it is full',
    {
      [SETTINGS]: [
        'updates.queueLimit: with that many waiting no more are taken; nothing is lost',
        'updates.overflow: drop-oldest gives up what waits to be read',
      ],
    },
  ],
  [
    'U5',
    'nobody reads',
    {
      [unit('hub/consumers')]: [
        'see in order what came before there was anybody, but not what mattered only then',
        'lose nothing between two loops',
      ],
      [unit('hub/get-updates')]: ['keeps no more than 100 updates of the moment'],
    },
  ],
  [
    'U6',
    'pts, qts, seq, differences, short forms, duplicates',
    {
      'simulation/updates': ['and enough of what can go wrong did', 'a seed replays exactly'],
      [RESTART]: ['is told what it missed, in channels too, and nothing twice'],
      [unit('sequence')]: ['takes what follows, drops what was taken'],
      [unit('short')]: ['upd/short-*: a message of a user'],
      [unit('many-channels')]: [
        'upd/deadlock-many-channels: each is asked about once, ten at a time',
      ],
    },
  ],
  [
    'U7',
    'flags that are not set',
    {
      'unit/codec/flags': ['true flags take no bytes and need not be given'],
    },
  ],
  [
    'X-5',
    'gaps',
    {
      [unit('boxes')]: [
        'upd/gap-half-second: filled at 0.49 s: no request; at 0.51 s: exactly one getDifference',
      ],
    },
  ],
];
