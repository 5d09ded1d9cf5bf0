import { describe, expect, it } from 'vitest';
import { breaking, cyclesOf, sourcesBelow, targetOf, type Import, type Source } from './imports.js';

const runtime = sourcesBelow('packages/runtime/src').filter(
  ({ path }) => !/\/(assembly|generated)\//.test(path),
);
const localDc = sourcesBelow('packages/local-dc/src');

/** From the ground up. `platform` puts what `crypto` offers together with clocks and sockets. */
const FLOORS: readonly string[] = [
  'crypto',
  'storage',
  'platform',
  'transport',
  'session',
  'network',
  'core',
  'text',
  'peers',
  'files',
  'updates',
  'client',
  'terminal',
];
const roomOf = (path: string): string =>
  /^packages\/runtime\/src\/([^/]+)\//.exec(path)?.[1] ?? 'index';

describe('runtime', () => {
  it('has the rooms that are planned and no others', () => {
    expect(runtime.length).toBeGreaterThan(60);
    const rooms = new Set(runtime.map(({ path }) => roomOf(path)));
    expect([...rooms].sort()).toEqual([...FLOORS, 'index'].sort());
  });

  it('builds its floors one on the other', () => {
    const allowed = (one: Import, source: Source): boolean => {
      const target = targetOf(source, one);
      if (target === null || roomOf(target) === roomOf(source.path)) return true;
      if (roomOf(source.path) === 'index') return true;
      const [from, to] = [source.path, target].map((path) => FLOORS.indexOf(roomOf(path)));
      return (to ?? 0) < (from ?? 0);
    };
    expect(breaking(runtime, allowed)).toEqual([]);
  });

  it('takes values from codec and mtproto, and from telegram types only', () => {
    const values = /^(@tlgen\/codec|@tlgen\/mtproto(\/\w+)?|@noble\/hashes\/\w+\.js|big-integer)$/;
    const allowed = (one: Import, { path }: Source): boolean => {
      if (one.from.startsWith('.') || values.test(one.from)) return true;
      if (one.from.startsWith('@tlgen/telegram')) return one.kind === 'type';
      if (one.from === '#platform') return roomOf(path) === 'client';
      if (one.from === '#storage') return /\/(client\/|storage\/sqlite\.)/.test(path);
      if (one.from === 'libsql') return path.includes('/storage/node');
      if (one.from === 'uqr') return roomOf(path) === 'terminal';
      return /^(node:|ws$)/.test(one.from) && onlyOnNode(path);
    };
    expect(breaking(runtime, allowed)).toEqual([]);
  });

  /** What `exports` and `imports` choose on Node alone. */
  const onlyOnNode = (path: string): boolean =>
    /^packages\/runtime\/src\/((platform|crypto\/provider|storage)\/node[./-]|terminal\/)/.test(
      path,
    );

  it('is not reached from the web by way of Node', () => {
    const allowed = (one: Import, source: Source): boolean => {
      const target = targetOf(source, one);
      return target === null || onlyOnNode(source.path) || !onlyOnNode(target);
    };
    expect(breaking(runtime, allowed)).toEqual([]);
  });

  it('keeps clocks, chance, timers and sockets out of what is sans-IO', () => {
    const ambient =
      /Math\.random|Date\.now|new Date\b|performance\.now|\bset(?:Timeout|Interval|Immediate)\b|\bprocess\.|globalThis/;
    const sansIo = runtime.filter(({ path }) =>
      /\/session\/|\/transport\/(?:codecs?|obfuscat\w+|fake-tls)\b/.test(path),
    );
    expect(sansIo.length).toBeGreaterThan(20);
    expect(sansIo.filter(({ text }) => ambient.test(text)).map(({ path }) => path)).toEqual([]);
  });

  it('random/source: takes chance from the platform only', () => {
    const all = [...runtime, ...localDc];
    expect(all.filter(({ text }) => /Math\.random/.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('local-dc', () => {
  it('shares with the client only primitives: crypto and framings', () => {
    expect(localDc.length).toBeGreaterThan(40);
    const allowed = ({ from }: Import): boolean =>
      !from.startsWith('@tlgen/runtime') ||
      /^@tlgen\/runtime\/(crypto|crypto\/provider|transport)$/.test(from);
    expect(breaking(localDc, allowed)).toEqual([]);
  });

  it('keeps its protocol and its world sans-IO', () => {
    const ambient = /Math\.random|Date\.now|new Date\b|\bset(?:Timeout|Interval)\b|node:net/;
    const pure = localDc.filter(({ path }) => /\/src\/(protocol|world|layers)\//.test(path));
    expect(pure.length).toBeGreaterThan(20);
    expect(pure.filter(({ text }) => ambient.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('both', () => {
  it('do not import in circles, and have at most 500 lines a file', () => {
    const all = [...runtime, ...localDc];
    expect(cyclesOf(all)).toEqual([]);
    expect(all.filter(({ text }) => text.split('\n').length > 500)).toEqual([]);
  });

  it('have files that hold one concept: half of them under 100 lines', () => {
    for (const sources of [runtime, localDc]) {
      const lines = sources.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);
      expect(lines[lines.length >> 1]).toBeLessThan(100);
    }
  });
});
