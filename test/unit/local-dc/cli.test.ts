import { afterEach, describe, expect, it, vi } from 'vitest';
import { main, program } from '../../../packages/local-dc/src/cli/main.js';
import type { About } from '../../../packages/local-dc/src/cli/report.js';

afterEach(() => {
  vi.restoreAllMocks();
});

/** Runs the command until it has printed, then tells it to stop. */
async function output(...args: string[]): Promise<string> {
  const printed = new Promise<string>((resolve) => {
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      resolve(String(text));
      return true;
    });
  });
  const before = process.listenerCount('SIGINT');
  const done = main(['node', 'tlgen-local-dc', ...args]);
  const text = await printed;
  await vi.waitUntil(() => process.listenerCount('SIGINT') > before);
  process.emit('SIGINT');
  await done;
  return text;
}

describe('tlgen-local-dc', () => {
  it('prints what a program needs, as JSON, and ends when told', async () => {
    const text = await output(
      '--json',
      '--users',
      '2',
      '--bots',
      '1',
      '--dc',
      '4,2',
      '--code',
      '7',
    );
    const about = JSON.parse(text) as About;
    expect(about.dataCenters.map(({ id }) => id)).toEqual([4, 2]);
    expect(about.dataCenters[0]).toMatchObject({ host: about.host, port: about.port });
    expect(about.loginCode).toBe('7');
    expect(about.users.map(({ phone, dcId }) => [phone, dcId])).toEqual([
      ['9996640001', 4],
      ['9996640002', 4],
      [null, 4],
    ]);
    expect(about.users[2]?.token).toContain(`${about.users[2]?.id}:`);
    await expect(fetch(`http://${about.host}:${about.port}/`)).rejects.toThrow();
  });

  it('prints the same for people', async () => {
    const text = await output('--users', '1', '--bots', '1', '--no-tls-port');
    expect(text).toMatch(/Data center 2 {2}127\.0\.0\.1:\d+/);
    expect(text).toMatch(/User \d+ {2}\+9996620001/);
    expect(text).toMatch(/Bot {2}\d+ {2}\d+:[\w-]{35} {2}@local_2_bot/);
    expect(text).toContain('BEGIN RSA PUBLIC KEY');
    expect(text).not.toContain('TLS');
  });

  it('has data centers of the CDN', async () => {
    const args = ['--cdn', '203', '--users', '0', '--bots', '0', '--no-tls-port'];
    expect(await output(...args)).toMatch(/Data center 203 {2}127\.0\.0\.1:\d+ {2}CDN/);
    const about = JSON.parse(await output('--json', ...args)) as About;
    expect(about.dataCenters.map(({ id, cdn }) => [id, cdn])).toEqual([
      [2, false],
      [203, true],
    ]);
    expect(about.cdnRsaKey).toContain('BEGIN RSA PUBLIC KEY');
    expect(about.cdnRsaKey).not.toBe(about.rsaKey);
  });

  it('refuses wrong usage with exit code 2, and helps with 0', async () => {
    const exits: (number | string | null | undefined)[] = [];
    vi.spyOn(process, 'exit').mockImplementation((code) => {
      exits.push(code);
      throw new Error('exit');
    });
    vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    let help = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      help += String(text);
      return true;
    });
    const run = (...args: string[]) =>
      program(() => Promise.resolve()).parseAsync(['node', 'tlgen-local-dc', ...args]);
    for (const args of [
      ['--port', '70000'],
      ['--dc', '1,x'],
      ['--prot', '1'],
      ['--users', '-1'],
      ['--dc', '2,2'],
    ])
      await expect(run(...args)).rejects.toThrow('exit');
    const whole = (...args: string[]) => main(['node', 'tlgen-local-dc', ...args]);
    await expect(whole('--code', '')).rejects.toThrow('exit');
    await expect(whole('--port', '8443', '--tls-port', '8444', '--dc', '1,2')).rejects.toThrow();
    await expect(run('--help')).rejects.toThrow('exit');
    expect(exits).toEqual([2, 2, 2, 2, 2, 2, 2, 0]);
    expect(help).toContain('Examples:');
    expect(help).toContain('--dc 1,2,4');
  });
});
