import type { Server } from 'node:http';
import { MAX_PACKET_FROM_CLIENT } from '@tlgen/runtime/transport';
import { WebSocketServer } from 'ws';
import { StreamPeer, type StreamContext } from './stream.js';

/**
 * Lets an HTTP server take web sockets at any path: binary messages whose bytes are one obfuscated stream, however
 * they are cut into messages.
 */
export function acceptWebSockets(server: Server, context: StreamContext): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: 2 * MAX_PACKET_FROM_CLIENT,
    handleProtocols: (offered) => (offered.has('binary') ? 'binary' : false),
  });
  sockets.on('connection', (socket) => {
    socket.binaryType = 'nodebuffer';
    const peer = new StreamPeer(
      context,
      { write: (bytes) => socket.send(bytes), close: () => socket.close() },
      true,
    );
    socket.on('message', (data) => {
      if (Buffer.isBuffer(data)) peer.receive(Uint8Array.from(data));
    });
    socket.on('close', () => peer.lost());
    socket.on('error', () => socket.terminate());
  });
  server.on('upgrade', (request, socket, head) => {
    sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit('connection', opened));
  });
  return sockets;
}
