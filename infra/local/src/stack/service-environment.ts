import type { IdentityKeys } from '../secrets/secrets.js';
import type { ServiceName, PerService } from '../services.js';
import type { PortPlan } from './port-plan.js';

/** Settings shared by the services of a local stack. */
export interface LocalStack {
  readonly ports: PortPlan;
  readonly brokers: string;
  readonly databaseUrls: PerService<string>;
  readonly identity: IdentityKeys;
  readonly secondFactorKeys: readonly string[];
  readonly adminToken: string;
  /** Folder with the dashboard's built files. */
  readonly dashboard: string;
}

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

const gatewayEnvironment = ({
  ports,
  identity,
  secondFactorKeys,
  adminToken,
  dashboard,
}: LocalStack): Record<string, string> => ({
  IDENTITY_PRIVATE_KEY: identity.privateKey,
  SECOND_FACTOR_KEYS: secondFactorKeys.join(','),
  ADMIN_TOKEN: adminToken,
  DASHBOARD_DIR: dashboard,
  INGESTION_URL: urlOf(ports.ingestion),
  SCORING_URL: urlOf(ports.scoring),
  ROUTING_URL: urlOf(ports.routing),
  REPORTING_URL: urlOf(ports.reporting),
});

/**
 * Environment of a service. `inherited` (usually our own environment) passes OTEL_*, LOG_LEVEL and the like through;
 * values of the stack take precedence.
 */
export const serviceEnvironment = (
  service: ServiceName,
  stack: LocalStack,
  inherited: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> => ({
  NODE_ENV: 'production',
  OTEL_SERVICE_NAME: service,
  // Before the inherited ones: a tunnel to this machine has another address.
  ...(service === 'gateway' ? { PUBLIC_INGESTION_URL: urlOf(stack.ports.ingestion) } : {}),
  ...inherited,
  DATABASE_URL: stack.databaseUrls[service],
  DATABASE_SCHEMA: service,
  KAFKA_BROKERS: stack.brokers,
  HOST: '127.0.0.1',
  PORT: String(stack.ports[service]),
  MANAGEMENT_PORT: String(stack.ports.management[service]),
  IDENTITY_PUBLIC_KEYS: stack.identity.publicKeys.join(','),
  ...(service === 'gateway' ? gatewayEnvironment(stack) : {}),
});
