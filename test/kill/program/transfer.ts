import { writeSync } from 'node:fs';
import { schema } from '@tlgen/telegram/schema';
import { base } from '@tlgen/telegram';
import {
  Client,
  SqliteStorage,
  type ClientOptions,
  type EncryptedFileLike,
} from '../../../packages/runtime/src/index.js';
import type { TransferPlan } from './transfer-plan.js';

/** Signs in if need be, then moves one file; killed at any moment, it goes on in its next life. */
const plan = JSON.parse(process.argv.at(-1) ?? '') as TransferPlan;
const say = (line: string): void => void writeSync(1, `${line}\n`);
const client = new Client({
  schema,
  ...(plan.dc as Omit<ClientOptions, 'schema' | 'storage'>),
  storage: new SqliteStorage(plan.storage),
  saveInterval: 0.05,
  connection: { protocol: 'tcp_intermediate', timeout: 20_000 },
  logger: { to: 'none' },
  middleware: [
    (call, next) => {
      if (call.request._.startsWith('upload.')) say('part');
      return next(call);
    },
  ],
});

let moved = 0;
/** Few at a time, so that there is something to be killed in. */
const how = {
  parallel: 2,
  onProgress: ({ done }: { done: number }) => {
    say(`progress ${done}`);
    say(`moved ${++moved}`);
  },
};

async function message(): Promise<base.Message> {
  for await (const one of client.peers.history(plan.peer, { limit: 1 })) {
    if (one._ === 'message') return one;
  }
  throw new Error('there is no message');
}

async function move(): Promise<string> {
  const { files } = client;
  switch (plan.what) {
    case 'download': {
      const saved = await files.downloadToFile(await message(), plan.path, {
        ...how,
        resume: true,
      });
      return String(saved.size);
    }
    case 'download-encrypted': {
      const { key, iv, size, file } = plan.encrypted!;
      const like: EncryptedFileLike = {
        file: new base.EncryptedFile({
          id: BigInt(file.id),
          accessHash: BigInt(file.accessHash),
          size: BigInt(file.size),
          dcId: file.dcId,
          keyFingerprint: file.keyFingerprint,
        }),
        key: Buffer.from(key, 'hex'),
        iv: Buffer.from(iv, 'hex'),
        size,
      };
      const saved = await files.downloadToFile(like, plan.path, { ...how, resume: true });
      return String(saved.size);
    }
    case 'upload': {
      const uploaded = await files.upload(plan.path, { ...how, resume: 'it' });
      say('uploaded');
      const { media } = await client.sendFile(plan.peer, uploaded, { as: 'document' });
      const document = media?._ === 'messageMediaDocument' ? media.document : undefined;
      return String(document?.id);
    }
    default: {
      const { inputFile, key, iv, size } = await files.uploadEncrypted(plan.path, {
        ...how,
        resume: 'it',
      });
      say('uploaded');
      const { _, id, parts, keyFingerprint } = inputFile;
      const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
      const input = { _, id: String(id), parts, keyFingerprint };
      return JSON.stringify({ input, key: hex(key), iv: hex(iv), size });
    }
  }
}

async function live(): Promise<void> {
  await client.connect();
  if (!client.self) await client.signIn({ phone: plan.phone, code: '22222' });
  say('ready');
  const result = await move();
  say(`result ${result}`);
  await client.close();
}
void live();
