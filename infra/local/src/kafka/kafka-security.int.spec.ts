import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import { startKafka, type RunningKafka } from './kafka.js';

const SASL_HANDSHAKE = 17;
const SASL_AUTHENTICATE = 36;
const AUTHENTICATION_FAILED = 58;

const sized = (bytes: Buffer, lengthBytes: 2 | 4): Buffer => {
  const length = Buffer.alloc(lengthBytes);
  length.writeIntBE(bytes.length, 0, lengthBytes);
  return Buffer.concat([length, bytes]);
};

/** One request (no client id); the response after its correlation id. Small responses arrive in one chunk. */
const request = async (socket: TLSSocket, key: number, version: number, body: Buffer): Promise<Buffer> => {
  const head = Buffer.from([0, key, 0, version, 0, 0, 0, 1, 0xff, 0xff]);
  socket.write(sized(Buffer.concat([head, body]), 4));
  const [response] = (await once(socket, 'data')) as [Buffer];
  return response.subarray(8);
};

describe('a broker with SASL over TLS', () => {
  let home: string;
  let kafka: RunningKafka;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-sasl-'));
    kafka = await startKafka({ dir: home, security: 'sasl-tls' });
  }, 120_000);

  afterAll(async () => {
    await kafka.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const withSocket = async <Result>(use: (socket: TLSSocket) => Promise<Result>): Promise<Result> => {
    const ca = kafka.credentials?.ca;
    const socket = connect({ host: '127.0.0.1', port: kafka.port, ...(ca ? { ca } : {}) });
    await once(socket, 'secureConnect');
    try {
      return await use(socket);
    } finally {
      socket.destroy();
    }
  };

  /** Error code of SaslAuthenticate with PLAIN. */
  const authenticate = (password: string): Promise<number> =>
    withSocket(async (socket) => {
      await request(socket, SASL_HANDSHAKE, 1, sized(Buffer.from('PLAIN'), 2));
      const secret = Buffer.from(`\0${kafka.credentials?.username}\0${password}`);
      return (await request(socket, SASL_AUTHENTICATE, 0, sized(secret, 4))).readInt16BE(0);
    });

  it('offers PLAIN and SCRAM behind the returned certificate', async () => {
    const response = await withSocket((socket) =>
      request(socket, SASL_HANDSHAKE, 1, sized(Buffer.from('SCRAM-SHA-512'), 2)),
    );
    expect(response.readInt16BE(0)).toBe(0);
    expect(response.toString()).toMatch(/PLAIN[^]*SCRAM-SHA-512|SCRAM-SHA-512[^]*PLAIN/);
  });

  it('accepts the returned password and rejects another', async () => {
    expect(await authenticate(kafka.credentials?.password ?? '')).toBe(0);
    expect(await authenticate('wrong')).toBe(AUTHENTICATION_FAILED);
  });

  it('rejects a client that trusts another certificate', async () => {
    const socket = connect({ host: '127.0.0.1', port: kafka.port });
    await expect(once(socket, 'secureConnect')).rejects.toThrow(/self-signed/);
  });
});
