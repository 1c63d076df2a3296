import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { ConfigError, readKafkaSecurity } from '../config/load-config.js';
import { kafkaSecurityOf, kafkaSecurityWarnings } from './kafka-security.js';

const SCRAM = {
  KAFKA_SASL_MECHANISM: 'scram-sha-512',
  KAFKA_SASL_USERNAME: 'scoring',
  KAFKA_SASL_PASSWORD: 'pw',
};

const securityOf = (environment: Record<string, string>): object =>
  kafkaSecurityOf(readKafkaSecurity(environment));
const faultsOf = (environment: Record<string, string>): readonly string[] => {
  try {
    readKafkaSecurity(environment);
    return [];
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.faults;
    throw fault;
  }
};
const fileOf = (content: string): string => {
  const file = join(mkdtempSync(join(tmpdir(), 'baton-ca-')), 'ca.pem');
  writeFileSync(file, content);
  return file;
};

describe('the security of the connection to Kafka', () => {
  it('is off by default', () => {
    expect(securityOf({})).toEqual({});
  });

  it('is TLS with the certificate authorities of the system, or of a file', () => {
    const pem = '-----BEGIN CERTIFICATE-----\n…';
    expect(securityOf({ KAFKA_TLS: 'true' })).toEqual({ ssl: true });
    expect(securityOf({ KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: fileOf(pem) })).toEqual({ ssl: { ca: [pem] } });
  });

  it('has the credentials of the mechanism', () => {
    expect(securityOf({ ...SCRAM, KAFKA_TLS: 'true' })).toEqual({
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'scoring', password: 'pw' },
    });
    const oauth = {
      KAFKA_SASL_MECHANISM: 'oauthbearer',
      KAFKA_OAUTH_TOKEN_URL: 'https://login.example/token',
      KAFKA_OAUTH_CLIENT_ID: 'baton',
      KAFKA_OAUTH_CLIENT_SECRET: 'secret',
    };
    expect(securityOf(oauth)).toEqual({
      sasl: { mechanism: 'oauthbearer', oauthBearerProvider: expect.any(Function) },
    });
  });

  it.each([
    [{ KAFKA_TLS: 'yes' }, ['KAFKA_TLS must be true or false']],
    [{ KAFKA_SASL_MECHANISM: 'gssapi' }, [expect.stringMatching(/^KAFKA_SASL_MECHANISM must be one of/)]],
    [
      { KAFKA_SASL_MECHANISM: 'plain' },
      [
        'KAFKA_SASL_USERNAME is not set: KAFKA_SASL_MECHANISM=plain requires it',
        'KAFKA_SASL_PASSWORD is not set: KAFKA_SASL_MECHANISM=plain requires it',
      ],
    ],
    [
      { KAFKA_SASL_MECHANISM: 'oauthbearer', KAFKA_OAUTH_TOKEN_URL: 'http://login.example/token' },
      [
        'KAFKA_OAUTH_TOKEN_URL must be an https:// URL',
        'KAFKA_OAUTH_CLIENT_ID is not set: KAFKA_SASL_MECHANISM=oauthbearer requires it',
        'KAFKA_OAUTH_CLIENT_SECRET is not set: KAFKA_SASL_MECHANISM=oauthbearer requires it',
      ],
    ],
    [{ KAFKA_SASL_PASSWORD: 'pw' }, ['KAFKA_SASL_PASSWORD has no effect: KAFKA_SASL_MECHANISM is not set']],
    [{ KAFKA_TLS_CA_FILE: 'ca.pem' }, ['KAFKA_TLS_CA_FILE has no effect: KAFKA_TLS is not true']],
    [
      { KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: '/missing/ca.pem' },
      ['KAFKA_TLS_CA_FILE /missing/ca.pem cannot be read: ENOENT'],
    ],
  ])('%j is refused', (environment, faults) => {
    expect(faultsOf(environment as Record<string, string>)).toEqual(faults);
  });

  it('refuses a CA file without a certificate', () => {
    const file = fileOf('not a certificate');
    expect(faultsOf({ KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: file })).toEqual([
      `KAFKA_TLS_CA_FILE ${file} must contain certificates in PEM format`,
    ]);
  });

  it('warns about credentials that are sent unencrypted', () => {
    const plain = { ...SCRAM, KAFKA_SASL_MECHANISM: 'plain' };
    expect(kafkaSecurityWarnings(readKafkaSecurity(plain))).toEqual([
      'KAFKA_SASL_MECHANISM=plain without KAFKA_TLS=true sends the credentials unencrypted',
    ]);
    expect(kafkaSecurityWarnings(readKafkaSecurity({ ...plain, KAFKA_TLS: 'true' }))).toEqual([]);
    expect(kafkaSecurityWarnings(readKafkaSecurity(SCRAM))).toEqual([]);
  });
});
