import { once } from 'node:events';
import { connect } from 'node:net';

const EVERY_MS = 50;

/**
 * Sends the text over a socket of its own, then a byte again and again, each within any time limit between two of them.
 * @returns what the server sent until it closed the connection
 */
export const trickle = async (url: string, text: string, byte: string): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  socket.on('data', (chunk) => (received += chunk.toString()));
  // The server resets the connection while bytes are on their way.
  socket.on('error', () => undefined);
  socket.write(text);
  const sending = setInterval(() => socket.write(byte), EVERY_MS);
  try {
    await once(socket, 'close');
  } finally {
    clearInterval(sending);
  }
  return received;
};
