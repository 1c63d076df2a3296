import { BusClient, type BusOptions } from '@baton/bus';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import type { KafkaCredentials } from './kafka-certificate.js';
import { startKafka, type RunningKafka } from './kafka.js';

describe('a broker with SASL over TLS', () => {
  let home: string;
  let kafka: RunningKafka;
  let credentials: KafkaCredentials;

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-sasl-'));
    kafka = await startKafka({ dir: home, security: 'sasl-tls' });
    credentials = kafka.credentials as KafkaCredentials;
  }, 120_000);

  afterAll(async () => {
    await kafka.stop();
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  const topics = async (security: Pick<BusOptions, 'ssl' | 'sasl'>): Promise<string[]> => {
    const options = { name: 'spec', brokers: [kafka.brokers], log: pino({ level: 'silent' }) };
    const admin = new BusClient({ ...options, ...security }).connect({ retries: 0 }).admin();
    try {
      await admin.connect();
      return await admin.listTopics();
    } finally {
      await admin.disconnect();
    }
  };

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'] as const)(
    'accepts the returned credentials with %s',
    async (mechanism) => {
      const { ca, username, password } = credentials;
      const sasl = { mechanism, username, password } as NonNullable<BusOptions['sasl']>;
      expect(await topics({ ssl: { ca }, sasl })).toContain('__consumer_offsets');
    },
  );

  it('rejects another password', async () => {
    const sasl = { mechanism: 'scram-sha-512', username: credentials.username, password: 'wrong' } as const;
    await expect(topics({ ssl: { ca: credentials.ca }, sasl })).rejects.toThrow(/authentication/i);
  });

  it('rejects a client without the certificate, and one without credentials', async () => {
    const sasl = { mechanism: 'plain', ...credentials } as const;
    await expect(topics({ ssl: true, sasl })).rejects.toThrow(/self.signed/);
    await expect(topics({ ssl: { ca: credentials.ca } })).rejects.toThrow();
  });
});
