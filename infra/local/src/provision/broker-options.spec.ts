import { describe, expect, it } from '@jest/globals';
import { brokerOptions } from './broker-options.js';

describe('brokerOptions', () => {
  it('is plain text with the defaults of provisioning when nothing is set', () => {
    expect(brokerOptions({})).toEqual({});
  });

  it('reads partitions, replication factor and min.insync.replicas', () => {
    const variables = {
      KAFKA_PARTITIONS: '16',
      KAFKA_REPLICATION_FACTOR: '3',
      KAFKA_MIN_INSYNC_REPLICAS: '2',
    };
    expect(brokerOptions(variables)).toMatchObject({
      partitions: 16,
      replicationFactor: 3,
      minInSyncReplicas: 2,
    });
    expect(() => brokerOptions({ KAFKA_PARTITIONS: 'many' })).toThrow(/KAFKA_PARTITIONS is many/);
  });

  it('reads TLS and SASL as the services do', () => {
    const variables = {
      KAFKA_TLS: 'true',
      KAFKA_SASL_MECHANISM: 'scram-sha-512',
      KAFKA_SASL_USERNAME: 'baton',
      KAFKA_SASL_PASSWORD: 'secret',
    };
    expect(brokerOptions(variables)).toEqual({
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'baton', password: 'secret' },
    });
  });

  it('rejects an unknown mechanism and missing credentials without showing a value', () => {
    expect(() => brokerOptions({ KAFKA_SASL_MECHANISM: 'gssapi' })).toThrow(/KAFKA_SASL_MECHANISM/);
    expect(() => brokerOptions({ KAFKA_SASL_MECHANISM: 'plain' })).toThrow(/KAFKA_SASL_USERNAME is not set/);
  });
});
