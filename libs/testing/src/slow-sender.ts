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

/**
 * Sends the head of a request and goes on with its body only after the response, as a sender does who reads when all is sent.
 * @returns what the server sent until the rest was taken and a second request on the connection was answered
 */
export const sendOn = async (url: string, head: string, rest: readonly string[]): Promise<string> => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  let received = '';
  const answers = async (count: number): Promise<void> => {
    while (received.split('HTTP/1.1 ').length <= count) {
      const [chunk] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [
        Buffer | boolean,
      ];
      if (typeof chunk === 'boolean') throw new Error(`The connection was closed after: ${received}`);
      received += chunk.toString();
    }
  };
  try {
    socket.write(head);
    await answers(1);
    for (const piece of rest) if (!socket.write(piece)) await once(socket, 'drain');
    socket.write('GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n');
    await answers(2);
  } finally {
    socket.destroy();
  }
  return received;
};
