import { join } from 'node:path';
import { startKafka, startPostgres } from '@baton/local';

export interface TestServer {
  /** What `addressOf` gives: a superuser's URL, or host:port. */
  readonly address: string;
  stop(): Promise<void>;
}

/** The data end with the run, so nothing is written through to the disk; many files and processes connect at once. */
const THROWN_AWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '400',
};

const log = (line: string): boolean => process.stderr.write(`${line}\n`);

/** The real servers a run of specs may ask for, each with its data below `home`. */
export const servers: Readonly<Record<string, (home: string) => Promise<TestServer>>> = {
  postgres: async (home) => {
    const { url, stop } = await startPostgres({ dir: join(home, 'postgres'), settings: THROWN_AWAY, log });
    return { address: url, stop };
  },
  kafka: async (home) => {
    const { brokers, stop } = await startKafka({ dir: join(home, 'kafka'), log });
    return { address: brokers, stop };
  },
};
