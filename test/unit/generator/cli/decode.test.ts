import { afterAll, describe, expect, it } from 'vitest';
import { Folder, SMALL, tlgen } from './run-cli.js';

const folder = new Folder({ 'small.tl': SMALL });
afterAll(() => folder.remove());

const cli = (args: string[], stdin?: string | Uint8Array) =>
  tlgen(folder.path, [...args, '--schema', 'small.tl'], stdin === undefined ? {} : { stdin });

const USER = { _: 'user', id: '77', name: 'Ann', friends: [{ _: 'user', id: '5', bot: true }] };
const HEX =
  '11000000' +
  '03000000' +
  '4d00000000000000' +
  '03416e6e' +
  '15c4b51c' +
  '01000000' +
  '11000000' +
  '04000000' +
  '0500000000000000';

describe('encode', () => {
  it('writes hex, base64 and raw bytes', async () => {
    const json = JSON.stringify(USER);
    expect((await cli(['encode', json])).stdout).toBe(`${HEX}\n`);
    const base64 = Buffer.from(HEX, 'hex').toString('base64');
    expect((await cli(['encode', json, '--format', 'base64'])).stdout).toBe(`${base64}\n`);
    expect((await cli(['encode', json, '--format', 'raw'])).bytes.toString('hex')).toBe(HEX);
    expect((await cli(['encode', json, '--json'])).json()).toEqual({ bytes: 44, hex: HEX, base64 });
  });

  it('reads files and stdin', async () => {
    folder.write('user.json', JSON.stringify(USER));
    expect((await cli(['encode', 'user.json'])).stdout).toBe(`${HEX}\n`);
    expect((await cli(['encode', '-'], JSON.stringify(USER))).stdout).toBe(`${HEX}\n`);
  });

  it('suggests names and exits with 1 for wrong JSON', async () => {
    const misspelt = await cli(['encode', '{"_":"usr"}']);
    expect(misspelt.code).toBe(1);
    expect(misspelt.stderr).toMatch(/no constructor "usr".*\n.*did you mean .*user/);
    for (const input of [
      '{',
      '{}',
      '{"_":"user","id":"x"}',
      '{"_":"point","x":1}',
      '[1]',
      'nothing',
    ]) {
      const { code, stderr, stdout } = await cli(['encode', input]);
      expect([code, stdout], input).toEqual([1, '']);
      expect(stderr).toMatch(/^error: /);
    }
    const json = (await cli(['encode', '{"_":"usr"}', '--json'])).json();
    expect(json).toMatchObject({
      error: { code: 'bad-json', details: { suggestions: ['User', 'user'].slice(1) } },
    });
  });
});

describe('schemas of others', () => {
  const TD = `int32 = Int32;\nint53 = Int53;\nint64 = Int64;\nboolFalse = Bool;\nboolTrue = Bool;
vector {t:Type} # [ t ] = Vector t;
//@description A keyboard @rows Rows
keyboard rows:vector<vector<button>> is_big:Bool id:int64 user_id:int53 = Keyboard;
button text:string = Button;
---functions---
getKeyboard id:int53 buttons:vector<button> = Keyboard;
`;
  const TON = `int ? = Int;\nlong ? = Long;\nint256 8*[ int ] = Int256;
node.id workchain:int root:int256 = node.Id;
lite.transaction#b12f65af mode:# account:mode.0?int256 lt:mode.1?long id:node.id = lite.Transaction;
`;
  const ROOT = Buffer.alloc(32, 7).toString('base64');
  it.each([
    [
      TD,
      { _: 'keyboard', rows: [[{ _: 'button', text: 'a' }], []], isBig: true, id: '5', userId: 7 },
    ],
    [TD, { _: 'getKeyboard', id: 5, buttons: [{ _: 'button', text: 'b' }] }],
    [
      TON,
      { _: 'lite.transaction', mode: 2, lt: '5', id: { _: 'node.id', workchain: -1, root: ROOT } },
    ],
  ])('are encoded and decoded: %#', async (schema, value) => {
    folder.write('other.tl', schema);
    const args = ['--schema', 'other.tl'];
    const hex = (await tlgen(folder.path, ['encode', JSON.stringify(value), ...args])).stdout;
    const back = await tlgen(folder.path, ['decode', '-', ...args], { stdin: hex });
    expect([back.code, back.json()]).toEqual([0, value]);
  });
});

describe('decode', () => {
  it('reads hex in many spellings, base64, files and stdin', async () => {
    const expected = { ...USER, friends: [{ ...USER.friends[0] }], bot: false };
    const bytes = Buffer.from(HEX, 'hex');
    folder.write('user.bin', bytes);
    folder.write('user.hex', `${HEX.slice(0, 20)}\n${HEX.slice(20)}\n`);
    const spaced = HEX.match(/../g) ?? [];
    const inputs = [[HEX], [HEX.toUpperCase()], [`0x${HEX}`], [spaced.join(' ')], spaced];
    inputs.push([bytes.toString('base64')], ['user.bin'], ['user.hex']);
    for (const input of inputs) {
      const { code, stdout } = await cli(['decode', ...input]);
      expect([code, JSON.parse(stdout)], input.join(' ')).toEqual([0, expected]);
    }
    expect((await cli(['decode', '-'], bytes)).json()).toEqual(expected);
  });

  it('reads what --type names', async () => {
    const vector = `15c4b51c01000000${HEX}`;
    for (const type of ['Vector<User>', 'Vector< user >', 'users.getUsers']) {
      const input = type.includes(' user ') ? `15c4b51c01000000${HEX.slice(8)}` : vector;
      const { code, stdout } = await cli(['decode', input, '--type', type]);
      expect([code, JSON.parse(stdout)], type).toMatchObject([0, [{ _: 'user', name: 'Ann' }]]);
    }
    const read = async (type: string, hex: string) =>
      (await cli(['decode', hex, '--type', type])).json();
    expect(await read('%Point', '0100000002000000')).toEqual({ _: 'point', x: 1, y: 2 });
    expect(await read('point', '0100000002000000')).toEqual({ _: 'point', x: 1, y: 2 });
    expect(await read('vector<int>', '0100000002000000')).toEqual([2]);
    expect(await read('long', '0100000000000080')).toBe('-9223372036854775807');
    expect(await read('Bool', 'b5757299')).toBe(true);
    expect(await read('#', 'ffffffff')).toBe(4294967295);
    expect(await read('users.getUser', HEX)).toMatchObject({ _: 'user' });
    const odd = await cli(['decode', HEX, '--type', 'Usr']);
    expect(odd.code).toBe(1);
    expect(odd.stderr).toContain('did you mean User');
  });

  it('shows how far it got with every truncation, and never throws', async () => {
    for (let length = 0; length < HEX.length / 2; length++) {
      const hex = HEX.slice(0, length * 2);
      folder.write('cut.bin', Buffer.from(hex, 'hex'));
      const { code, stdout, stderr } = await cli(['decode', 'cut.bin']);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^error: .*\n {2}at byte \d+ of \d+ \([a-z-]+\)/);
      expect(stderr).toContain('^^');
      if (length >= 20)
        expect(JSON.parse(stdout)).toMatchObject({ _: 'user', id: '77', name: 'Ann' });
      const json = (await cli(['decode', 'cut.bin', '--json'])).json() as { error: object };
      expect(json.error).toMatchObject({ offset: expect.any(Number), path: expect.any(Array) });
    }
  });

  it('explains unknown ids, trailing bytes and what is no blob', async () => {
    const unknown = await cli(['decode', 'deadbeef']);
    expect(unknown.stderr).toMatch(/no constructor #efbeadde[\s\S]*another layer or schema/);
    const trailing = await cli(['decode', `${HEX}00000000`]);
    expect([trailing.code, JSON.parse(trailing.stdout)]).toMatchObject([1, { name: 'Ann' }]);
    expect(trailing.stderr).toContain('4 bytes follow');
    expect((await cli(['decode', 'abc'])).stderr).toContain('odd number of digits');
    expect((await cli(['decode', 'not/a*blob'])).stderr).toContain('no file, no hex and no base64');
    for (const text of ['zz', 'hello', 'nofile.bin', 'AQIDBAU=']) {
      const { code, stderr } = await cli(['decode', text]);
      expect([code, stderr], text).toEqual([1, expect.stringContaining('give bytes as hex')]);
      expect((await cli(['decode', '-'], `${text}\n`)).stderr).toContain('give bytes as hex');
    }
    // Cut off, but plainly base64.
    const cut = Buffer.from(HEX, 'hex').subarray(0, 41).toString('base64');
    expect((await cli(['decode', cut])).stderr).toContain('at byte 36 of 41');
  });

  it('says which --type bytes need that are no object', async () => {
    for (const id of ['b5757299', '379779bc']) {
      expect((await cli(['decode', id])).stderr).toContain('hint: this is a Bool: --type Bool');
    }
    const vector = await cli(['decode', '15c4b51c0100000001000000']);
    expect(vector.stderr).toContain("--type 'Vector<T>'");
    const typed = await cli(['decode', 'b5757299', '--type', 'User']);
    expect(typed.stderr).not.toContain('--type Bool');
  });
});
