import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough } from 'node:stream';
import { setTimeout as later } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { toWritable } from '../../../../../packages/runtime/src/files/output/to-writable.js';

async function* parts(): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < 3; i++) yield new Uint8Array(100_000);
}

describe('a stream that takes nothing', () => {
  it('is told of when it was destroyed before, and does not hold up', async () => {
    const stream = new PassThrough();
    stream.destroy();
    await later(5);
    await expect(toWritable(parts(), stream, false)).rejects.toMatchObject({
      name: 'FileError',
      code: 'FILE_ACCESS',
    });
  });

  it('is told of when it is the answer to somebody who has left', async () => {
    const written = new Promise<unknown>((resolve) => {
      const server = createServer((_, response) => {
        response.on('close', () => {
          resolve(toWritable(parts(), response, false).catch((error: unknown) => error));
          server.close();
        });
      });
      server.listen(0, '127.0.0.1', () => {
        const { port } = server.address() as AddressInfo;
        const request = get(`http://127.0.0.1:${port}/`).on('error', () => undefined);
        server.once('request', () => request.destroy());
      });
    });
    expect(await written).toMatchObject({ name: 'FileError', code: 'FILE_ACCESS' });
  });

  it('is told of when somebody else writes to it', async () => {
    const stream = new WritableStream<Uint8Array>();
    stream.getWriter();
    await expect(toWritable(parts(), stream, false)).rejects.toMatchObject({
      name: 'FileError',
      code: 'BAD_SOURCE',
    });
  });
});
