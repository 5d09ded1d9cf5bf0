import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openSource } from '../../../../../packages/runtime/src/files/source/index.js';
import { nodePlatform } from '../../../../../packages/runtime/src/platform/node.js';
import { webPlatform } from '../../../../../packages/runtime/src/platform/web.js';
import type { FetchFile } from '../../../../../packages/runtime/src/platform/types.js';
import { fetchOf, readAll } from './kinds.js';

const bytes = Uint8Array.of(1, 2, 3, 4, 5);

describe('URLs', () => {
  it('are fetched, with name, type and size', async () => {
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/none' ? 404 : 200, {
        'content-type': 'Image/PNG; charset=binary',
        'content-length': bytes.length,
      });
      response.end(bytes);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const at = `http://127.0.0.1:${port}`;
    for (const { fetchFile } of [nodePlatform, webPlatform]) {
      const context = { fetchFile, proxied: false };
      const source = await openSource(`${at}/d/%C3%A4%20b.png?key=secret`, context);
      expect(source).toMatchObject({ name: 'ä b.png', mimeType: 'image/png', size: 5 });
      expect(await readAll(source)).toEqual(bytes);
      await source.close();
      await expect(openSource(`${at}/none`, context)).rejects.toThrow('status 404');
    }
    server.closeAllConnections();
    await new Promise((resolve) => void server.close(resolve));
    const refused = openSource(at, { fetchFile: nodePlatform.fetchFile, proxied: false });
    await expect(refused).rejects.toMatchObject({ code: 'FETCH', cause: expect.any(Error) });
  });

  it('files/proxy: are never fetched past the proxy', async () => {
    let fetched = 0;
    const fetchFile: FetchFile = (url, options) => {
      fetched++;
      return fetchOf([bytes])(url, options);
    };
    const context = { fetchFile, proxied: true };
    const error: unknown = await openSource('https://a.test/x', context).catch((e: unknown) => e);
    expect(error).toMatchObject({ name: 'FileError', code: 'FETCH' });
    expect(String(error)).toMatch(/proxy.*give a `fetch`/);
    expect(fetched).toBe(0);
    const own = await openSource('https://a.test/x', context, { fetch: fetchFile });
    expect(await readAll(own)).toEqual(bytes);
    expect(fetched).toBe(1);
  });

  it('need a fetch', async () => {
    await expect(openSource('https://a.test/x', { proxied: false })).rejects.toMatchObject({
      code: 'UNSUPPORTED',
    });
  });

  it.each([
    [{}, 'a.bin', undefined, undefined],
    [{ 'content-length': '5' }, 'a.bin', undefined, 5],
    [{ 'content-length': '5', 'content-encoding': 'gzip' }, 'a.bin', undefined, undefined],
    [{ 'content-length': '5', 'content-encoding': 'identity' }, 'a.bin', undefined, 5],
    [{ 'content-length': '-5' }, 'a.bin', undefined, undefined],
    [{ 'content-length': '5, 5' }, 'a.bin', undefined, undefined],
    [{ 'content-type': 'video/mp4;codecs="a"' }, 'a.bin', 'video/mp4', undefined],
    [{ 'content-type': 'nonsense' }, 'a.bin', undefined, undefined],
    [{ 'content-disposition': 'attachment; filename=b.txt' }, 'b.txt', undefined, undefined],
    [
      { 'content-disposition': 'attachment; filename="b; \\"c\\".txt"' },
      'b; "c".txt',
      undefined,
      undefined,
    ],
    [
      { 'content-disposition': "inline;filename=x; FileName*=UTF-8''%e2%82%ac.txt" },
      '€.txt',
      undefined,
      undefined,
    ],
    [
      { 'content-disposition': "inline;filename*=iso-8859-1'en'%e4.txt" },
      'ä.txt',
      undefined,
      undefined,
    ],
    [
      { 'content-disposition': "inline;filename*=UTF-8''%ff;filename=y" },
      'y',
      undefined,
      undefined,
    ],
    [
      { 'content-disposition': 'inline; filename="../../etc/passwd"' },
      'passwd',
      undefined,
      undefined,
    ],
    [{ 'content-disposition': 'inline; filename="C:\\\\x\\\\y"' }, 'y', undefined, undefined],
    [{ 'content-disposition': 'inline' }, 'a.bin', undefined, undefined],
    [{ 'content-disposition': '' }, 'a.bin', undefined, undefined],
    [{ 'content-disposition': `x; ${'a="'.repeat(2000)}` }, 'a.bin', undefined, undefined],
  ])('%j', async (headers, name, mimeType, size) => {
    const fetch = fetchOf([bytes], headers as Record<string, string>);
    const source = await openSource('https://a.test/d/a.bin?x', { proxied: false }, { fetch });
    expect([source.name, source.mimeType, source.size]).toEqual([name, mimeType, size]);
    await source.close();
  });

  it.each([
    ['https://a.test', undefined],
    ['https://a.test/d/', undefined],
    ['https://a.test/d/%2e%2e%2fx', 'x'],
    ['https://a.test/%ff', '%ff'],
  ])('the name of %s is %s', async (url, name) => {
    const source = await openSource(url, { proxied: false }, { fetch: fetchOf([bytes]) });
    expect(source.name).toBe(name);
  });

  it.each([
    ['4', 'goes on after'],
    ['6', 'ended after 5'],
  ])('a body that is not %s bytes has changed', async (length, said) => {
    const fetch = fetchOf([bytes], { 'content-length': length });
    const source = await openSource('https://a.test/x', { proxied: false }, { fetch });
    await expect(readAll(source)).rejects.toThrow(said);
    await source.close();
  });

  it('security: messages have neither path nor query nor password', async () => {
    const url = 'https://user:secret@a.test/bot123:secret/x?token=secret';
    const failing: FetchFile = async (given) => {
      throw new TypeError(`cannot fetch ${given}`);
    };
    const broken: FetchFile = async (given, options) => ({
      ...(await fetchOf([])(given, options)),
      body: new ReadableStream<Uint8Array>({
        pull: (controller) => controller.error(new Error(`lost ${given}`)),
      }),
    });
    const errors = [
      await openSource(url, { proxied: false, fetchFile: failing }).catch((e: unknown) => e),
      await openSource(url, { proxied: true }).catch((e: unknown) => e),
      await openSource(url, { proxied: false }, { fetch: failing }).catch((e: unknown) => e),
      await openSource(url, { proxied: false }, { fetch: fetchOf([], {}, 403) }).catch(
        (e: unknown) => e,
      ),
      await openSource(url, { proxied: false }, { fetch: broken }).then((source) =>
        source.read(5).catch((e: unknown) => e),
      ),
    ] as Error[];
    expect(errors.map((error) => (error as Error & { code: string }).code)).toEqual([
      'BAD_SOURCE',
      'FETCH',
      'FETCH',
      'FETCH',
      'FETCH',
    ]);
    for (const error of errors) {
      expect(error.message).toContain('a.test');
      expect(`${error.stack} ${String(error.cause)}`).not.toContain('secret');
    }
  });

  it('security: of a cause, name and message are kept, and what the host calls it', async () => {
    class RequestError extends Error {
      override readonly name = 'RequestError';
      readonly config = { url: 'https://a.test/secret', headers: { cookie: 'secret' } };
    }
    const fetch: FetchFile = async () => {
      const inner = Object.assign(new Error('connect to secret'), { code: 'ECONNREFUSED' });
      throw new RequestError('fetch failed', { cause: inner });
    };
    const error = (await openSource('https://a.test/x', { proxied: false }, { fetch }).catch(
      (reason: unknown) => reason,
    )) as Error & { cause: Error };
    expect(error.message).toMatch(/^Fetching from a\.test failed.*\(ECONNREFUSED\)$/);
    expect(error.cause).toMatchObject({ name: 'RequestError', message: 'fetch failed' });
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('secret');
    expect(error.cause.cause).toBeUndefined();
  });

  it.each([
    ['a part of the path', 'https://a.test/bot1%3Asecret/x', 'bot1:secret'],
    ['a value of the query', 'https://a.test/?token=secret&b=1', 'secret'],
    ['the path', 'https://a.test/a%20b/x', '/a b/x'],
  ])('security: a cause that repeats %s is not kept', async (_what, url, part) => {
    const fetch: FetchFile = () => Promise.reject(new Error(`cannot open ${part}`));
    const opened = openSource(url, { proxied: false }, { fetch });
    const error = (await opened.catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({ code: 'FETCH' });
    expect(error.cause).toBeUndefined();
    expect(error.message).not.toContain(part);
  });

  it.each([Object.create(null) as unknown, 'secret', { secret: 1 }])(
    'whatever a fetch throws is a FileError (%#)',
    async (thrown) => {
      const fetch: FetchFile = () => Promise.reject(thrown);
      const opened = openSource('https://a.test/x', { proxied: false }, { fetch });
      const error: unknown = await opened.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: 'FileError', code: 'FETCH' });
      expect(inspect(error)).not.toContain('secret');
    },
  );

  it('a signal ends waiting for the answer, even of a fetch that does not look at it', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let answer: () => void = () => {};
    let cancelled = false;
    const fetch: FetchFile = async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
      return { ok: true, status: 200, headers: { get: () => null }, body };
    };
    const opening = openSource(
      'https://a.test/x',
      { proxied: false },
      { fetch, signal: controller.signal },
    );
    const outcome = expect(opening).rejects.toBe(reason);
    await Promise.resolve();
    controller.abort(reason);
    await outcome;
    answer();
    await new Promise((resolve) => void setImmediate(resolve));
    expect(cancelled).toBe(true);
  });

  it('bodies may be missing, or any async iterable', async () => {
    const fetch =
      (body: Awaited<ReturnType<FetchFile>>['body']): FetchFile =>
      async () => ({ ok: true, status: 204, headers: { get: () => null }, body });
    const none = await openSource('https://a.test/x', { proxied: false }, { fetch: fetch(null) });
    expect(await readAll(none)).toEqual(new Uint8Array(0));
    async function* body(): AsyncGenerator<Uint8Array> {
      yield bytes;
    }
    const some = await openSource('https://a.test/x', { proxied: false }, { fetch: fetch(body()) });
    expect(await readAll(some)).toEqual(bytes);
  });
});
