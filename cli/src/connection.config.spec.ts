import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { brokersFrom, connectionFrom } from './connection.config.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'baton-cli-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

const startLocalStack = (): void => {
  mkdirSync(join(folder, '.baton'));
  const local = { gateway: 'http://127.0.0.1:8080', apiToken: 'local-token', kafka: '127.0.0.1:9092' };
  writeFileSync(join(folder, '.baton/local.json'), JSON.stringify(local));
};

describe('the connection', () => {
  it('is that of the local stack, also from a folder below', () => {
    startLocalStack();
    const below = join(folder, 'services/scoring');
    mkdirSync(below, { recursive: true });
    expect(connectionFrom({}, {}, below)).toEqual({ url: 'http://127.0.0.1:8080', token: 'local-token' });
    expect(brokersFrom({}, below)).toEqual({ brokers: ['127.0.0.1:9092'] });
  });

  it('prefers options to the environment, and the environment to the local stack', () => {
    startLocalStack();
    const env = { BATON_URL: 'https://env.example', BATON_TOKEN: 'env-token' };
    expect(connectionFrom({}, env, folder)).toEqual({ url: 'https://env.example', token: 'env-token' });
    expect(connectionFrom({ url: 'https://option.example/', token: 'o' }, env, folder)).toEqual({
      url: 'https://option.example',
      token: 'o',
    });
    expect(brokersFrom({ KAFKA_BROKERS: 'a:1, b:2' }, folder).brokers).toEqual(['a:1', 'b:2']);
  });

  it('uses TLS and SASL of the environment', () => {
    const env = { KAFKA_BROKERS: 'a:1', KAFKA_TLS: 'true', KAFKA_SASL_MECHANISM: 'scram-sha-512' };
    expect(() => brokersFrom(env, folder)).toThrow(/KAFKA_SASL_USERNAME is not set/);
    const account = { KAFKA_SASL_USERNAME: 'baton', KAFKA_SASL_PASSWORD: 'secret' };
    expect(brokersFrom({ ...env, ...account }, folder)).toEqual({
      brokers: ['a:1'],
      ssl: true,
      sasl: { mechanism: 'scram-sha-512', username: 'baton', password: 'secret' },
    });
    expect(() => brokersFrom({ ...env, KAFKA_SASL_MECHANISM: 'gssapi' }, folder)).toThrow(
      /KAFKA_SASL_MECHANISM/,
    );
  });

  it('does not send the token of the local stack to another address', () => {
    startLocalStack();
    expect(() => connectionFrom({ url: 'https://other.example' }, {}, folder)).toThrow(/No API token/);
  });

  it('explains what is missing', () => {
    expect(() => connectionFrom({}, {}, folder)).toThrow('No gateway address.');
    expect(() => brokersFrom({}, folder)).toThrow('No Kafka brokers.');
  });
});
