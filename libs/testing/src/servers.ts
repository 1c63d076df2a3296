import { join } from 'node:path';
import { startKafka, startPostgres } from '@baton/local';
import { startStack } from './local-stack.js';

export interface TestServer {
  /** URL of a superuser, host:port, or the folder of a stack. */
  readonly address: string;
  stop(): Promise<void>;
}

/** The data are deleted after the run, so they need not be durable. Many spec files and processes connect at once. */
const NOT_DURABLE = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
};

const log = (line: string): boolean => process.stderr.write(`${line}\n`);

/** The servers that specs may request, each with its data below `home`. */
export const servers: Readonly<Record<string, (home: string) => Promise<TestServer>>> = {
  postgres: async (home) => {
    const { url, stop } = await startPostgres({ dir: join(home, 'postgres'), settings: NOT_DURABLE, log });
    return { address: url, stop };
  },
  kafka: async (home) => {
    const { brokers, stop } = await startKafka({ dir: join(home, 'kafka'), log });
    return { address: brokers, stop };
  },
  stack: async () => {
    const { home, stop } = await startStack();
    return { address: home, stop };
  },
};
