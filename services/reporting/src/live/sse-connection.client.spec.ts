import { eventually } from '@baton/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { LiveCursor } from './live-cursor.js';
import { SseConnection } from './sse-connection.client.js';

const CHUNK = 'x'.repeat(600 * 1024);
/** More than the buffers of the kernel take. */
const MAX_CHUNKS = 100;

let server: Server;
let response: ServerResponse;
let client: IncomingMessage;
let connection: SseConnection;
let drained: number;

beforeEach(async () => {
  drained = 0;
  server = createServer((_, accepted) => {
    response = accepted;
    accepted.write('retry: 1\n\n');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  client = await new Promise((resolve) =>
    get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, resolve),
  );
  connection = new SseConnection(response, undefined, LiveCursor.at([]), () => (drained += 1));
});
afterEach(() => {
  client.destroy();
  server.close();
});

/** Writes until the kernel takes no more; far less waits here than a buffer holds. */
const fillKernel = async () => {
  for (let i = 0; i < 10_000 && response.writableLength === 0; i += 1) {
    response.write(CHUNK.slice(0, 4 * 1024));
    await setImmediate();
  }
};
/** Writes until the client's connection takes no more. */
const fill = () => {
  for (let i = 0; i < MAX_CHUNKS && connection.isReady; i += 1) connection.send(CHUNK);
};

describe('the connection of a client', () => {
  it('that catches up gets as much as it reads', async () => {
    fill();
    expect([connection.isReady, drained]).toEqual([false, 0]);
    client.resume();
    await eventually(() => expect([connection.isReady, drained > 0]).toEqual([true, true]));
  });

  it('is too slow when it took nothing for twenty seconds', async () => {
    const now = performance.now();
    connection.send('short');
    await setImmediate();
    expect(connection.isTooSlow(now + 60_000)).toBe(false);
    fill();
    expect(connection.isTooSlow(now + 19_000)).toBe(false);
    expect(connection.isTooSlow(now + 60_000)).toBe(true);
    client.resume();
    await eventually(() => expect(connection.isTooSlow(now + 60_000)).toBe(false));
  });

  it('is too slow after that time however little waits for it', async () => {
    await fillKernel();
    connection.send('short');
    expect([connection.isReady, response.writableLength < 16 * 1024]).toEqual([true, true]);
    const now = performance.now();
    expect(connection.isTooSlow(now + 19_000)).toBe(false);
    expect(connection.isTooSlow(now + 60_000)).toBe(true);
  });

  it('is too slow when too many bytes wait, and gets no more', async () => {
    connection.isCurrent = true;
    for (let i = 0; i < MAX_CHUNKS && !connection.isTooSlow(0); i += 1) connection.send(CHUNK);
    expect(connection.isTooSlow(0)).toBe(true);
    let bytes = 0;
    client.on('data', (chunk: Buffer) => (bytes += chunk.length));
    await eventually(() => expect(bytes).toBeGreaterThan(CHUNK.length));
    connection.send('more');
    expect(connection.isTooSlow(0)).toBe(true);
  });
});
