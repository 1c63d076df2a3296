import { describe, expect, it } from '@jest/globals';
import { perService, serviceNames } from '../services.js';
import { planOf, portOrder } from './port-plan.js';
import { serviceEnvironment, type LocalStack } from './service-environment.js';

const stack: LocalStack = {
  ports: planOf(portOrder.map((_, place) => 9_000 + place)),
  brokers: '127.0.0.1:9005',
  databaseUrls: perService((name) => `postgres://${name}:x@127.0.0.1:9007/baton`),
  identity: { privateKey: 'private', publicKeys: ['newer', 'older'] },
  secondFactorKeys: ['present', 'former'],
  adminToken: 'admin',
  dashboard: '/repository/services/dashboard/dist',
};

describe('serviceEnvironment', () => {
  it('gives a service its own role, schema and port', () => {
    expect(serviceEnvironment('scoring', stack)).toMatchObject({
      DATABASE_URL: 'postgres://scoring:x@127.0.0.1:9007/baton',
      DATABASE_SCHEMA: 'scoring',
      KAFKA_BROKERS: '127.0.0.1:9005',
      HOST: '127.0.0.1',
      PORT: '9002',
      MANAGEMENT_PORT: '9009',
    });
  });

  it('gives only the gateway the keys, the service URLs and the admin token', () => {
    expect(serviceEnvironment('gateway', stack)).toMatchObject({
      IDENTITY_PRIVATE_KEY: 'private',
      IDENTITY_PUBLIC_KEYS: 'newer,older',
      SECOND_FACTOR_KEYS: 'present,former',
      ADMIN_TOKEN: 'admin',
      SCORING_URL: 'http://127.0.0.1:9002',
      DASHBOARD_DIR: stack.dashboard,
    });
    for (const name of serviceNames.filter((each) => each !== 'gateway')) {
      expect(serviceEnvironment(name, stack)).toMatchObject({ IDENTITY_PUBLIC_KEYS: 'newer,older' });
      expect(Object.values(serviceEnvironment(name, stack))).not.toContain('private');
    }
    for (const name of ['ADMIN_TOKEN', 'SECOND_FACTOR_KEYS'])
      expect(serviceEnvironment('scoring', stack)).not.toHaveProperty(name);
    expect(serviceEnvironment('scoring', stack)).not.toHaveProperty('ROUTING_URL');
  });

  it('tells the gateway the local address of ingestion, unless there is a public one', () => {
    const publicUrl = { PUBLIC_INGESTION_URL: 'https://in.example' };
    expect(serviceEnvironment('gateway', stack)).toMatchObject({
      PUBLIC_INGESTION_URL: 'http://127.0.0.1:9001',
    });
    expect(serviceEnvironment('gateway', stack, publicUrl)).toMatchObject(publicUrl);
    expect(serviceEnvironment('scoring', stack)).not.toHaveProperty('PUBLIC_INGESTION_URL');
  });

  it('passes the environment through; settings of the stack take precedence', () => {
    const inherited = {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      PORT: '80',
      DATABASE_URL: 'postgres://other',
    };
    expect(serviceEnvironment('routing', stack, inherited)).toMatchObject({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_SERVICE_NAME: 'routing',
      PORT: '9003',
      DATABASE_URL: 'postgres://routing:x@127.0.0.1:9007/baton',
    });
  });
});
