import { connect } from 'node:net';
import { Lines } from './lines.mjs';

/** Said of a measurement that is worth nothing, and made again. */
export const CUT = 'the connection was cut';

/** The worker's side of what steers the data center: past the library that is measured. */
export class Control {
  /** @type {((value: any) => void)[]} */
  #waiting = [];

  /** @param {number} port */
  static async open(port) {
    const socket = connect(port, '127.0.0.1');
    socket.setNoDelay(true);
    await new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(undefined));
      socket.once('error', reject);
    });
    return new Control(socket);
  }

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.socket = socket;
    const lines = new Lines((value) => this.#waiting.shift()?.(value));
    socket.on('data', (data) => lines.add(data));
  }

  /** @param {object} what @returns {Promise<any>} */
  async ask(what) {
    const answer = await new Promise((resolve) => {
      this.#waiting.push(resolve);
      this.tell(what);
    });
    if (answer.error) throw new Error(`the data center: ${answer.error}`);
    return answer;
  }

  /** @param {object} what */
  tell(what) {
    this.socket.write(`${JSON.stringify(what)}\n`);
  }

  close() {
    this.socket.destroy();
  }
}
