import { connect, type Socket } from 'node:net';

/** The two requests of the Kafka protocol that show whether a broker serves, without a client library. */

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

/** One request; the response without size and correlation id. */
const request = (port: number, message: Buffer, timeoutMs = 3_000): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(message));
    socket.setTimeout(timeoutMs, () => socket.destroy(new Error('no response in time')));
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      const response = whole(chunks);
      if (response) {
        socket.destroy();
        resolve(response);
      }
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed before the response')));
  });

/** Ids of the brokers registered with the controller (Metadata v4); a broker is absent while it is fenced. */
export const brokerIds = async (port: number): Promise<number[]> => {
  const noTopics = Buffer.from([0, 0, 0, 0, 0]);
  const response = await request(port, framed(METADATA, noTopics));
  const count = response.readInt32BE(4);
  const ids: number[] = [];
  for (let index = 0, at = 8; index < count; index += 1) {
    ids.push(response.readInt32BE(at));
    const rack = at + 4 + 2 + response.readInt16BE(at + 4) + 4;
    at = rack + 2 + Math.max(0, response.readInt16BE(rack));
  }
  return ids;
};

/** Whether groups can be joined (FindCoordinator v1); the first request creates the offsets topic. */
export const coordinatorReady = async (port: number): Promise<boolean> => {
  const group = Buffer.concat([text('baton-local'), Buffer.from([0])]);
  return (await request(port, framed(FIND_COORDINATOR, group))).readInt16BE(4) === 0;
};
