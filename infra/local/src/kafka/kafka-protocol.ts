import { connect, type Socket } from 'node:net';

/** A few bytes of the Kafka protocol: enough to know that a broker really serves, without a client library. */

const METADATA = { key: 3, version: 4 };
const FIND_COORDINATOR = { key: 10, version: 1 };

const text = (value: string): Buffer => {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(2);
  length.writeInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const framed = (api: { key: number; version: number }, body: Buffer): Buffer => {
  const head = Buffer.alloc(8);
  head.writeInt16BE(api.key, 0);
  head.writeInt16BE(api.version, 2);
  head.writeInt32BE(1, 4);
  const message = Buffer.concat([head, text('baton-local'), body]);
  const size = Buffer.alloc(4);
  size.writeInt32BE(message.length);
  return Buffer.concat([size, message]);
};

const whole = (chunks: Buffer[]): Buffer | undefined => {
  const got = Buffer.concat(chunks);
  return got.length >= 4 && got.length >= 4 + got.readInt32BE(0) ? got.subarray(8) : undefined;
};

/** One request and its answer without size and correlation id. */
const ask = (port: number, request: Buffer, patience = 3_000): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(patience, () => socket.destroy(new Error('no answer in time')));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const answer = whole(chunks);
      if (answer) {
        socket.destroy();
        resolve(answer);
      }
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed before it answered')));
  });

/** How many brokers take work (Metadata v4): 0 while the broker is still fenced. */
export const servingBrokers = async (port: number): Promise<number> => {
  const noTopics = Buffer.from([0, 0, 0, 0, 0]);
  return (await ask(port, framed(METADATA, noTopics))).readInt32BE(4);
};

/** Whether groups can be joined (FindCoordinator v1); asking for the first time creates the topic of offsets. */
export const coordinatorReady = async (port: number): Promise<boolean> => {
  const group = Buffer.concat([text('baton-local'), Buffer.from([0])]);
  return (await ask(port, framed(FIND_COORDINATOR, group))).readInt16BE(4) === 0;
};
