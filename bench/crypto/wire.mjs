import { once } from 'node:events';
import { connect } from 'node:net';

/**
 * One connection to a data center in the intermediate framing, for key exchanges: a packet there, a packet back. All
 * libraries use it, so that what differs is what they compute.
 */
export class Wire {
  /**
   * @param {string} host
   * @param {number} port
   */
  static async open(host, port) {
    const socket = connect(port, host);
    await once(socket, 'connect');
    socket.setNoDelay(true);
    socket.write(Buffer.from('eeeeeeee', 'hex'));
    return new Wire(socket);
  }

  /** @param {import('node:net').Socket} socket */
  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    /** @type {((packet: Uint8Array) => void) | null} */
    this.waiting = null;
    socket.on('data', (data) => {
      this.received = Buffer.concat([this.received, data]);
      this.take();
    });
  }

  take() {
    const { received, waiting } = this;
    if (received.length < 4 || waiting === null) return;
    const end = 4 + received.readUInt32LE(0);
    if (received.length < end) return;
    this.received = received.subarray(end);
    this.waiting = null;
    waiting(received.subarray(4, end));
  }

  /**
   * @param {Uint8Array} packet
   * @returns {Promise<Uint8Array>} the answer
   */
  exchange(packet) {
    const head = Buffer.alloc(4);
    head.writeUInt32LE(packet.length);
    this.socket.write(Buffer.concat([head, packet]));
    return new Promise((resolve) => {
      this.waiting = resolve;
      this.take();
    });
  }

  close() {
    this.socket.destroy();
  }
}
