import type { ServiceName, PerService } from '../services.js';
import type { PortPlan } from './port-plan.js';

export interface House {
  readonly ports: PortPlan;
  readonly brokers: string;
  readonly databaseUrls: PerService<string>;
  readonly identitySecret: string;
  readonly adminToken: string;
  /** Folder with the dashboard's built files. */
  readonly dashboard: string;
}

export const urlOf = (port: number): string => `http://127.0.0.1:${port}`;

const ofGateway = ({ ports, adminToken, dashboard }: House): Record<string, string> => ({
  ADMIN_TOKEN: adminToken,
  DASHBOARD_DIR: dashboard,
  INGESTION_URL: urlOf(ports.ingestion),
  SCORING_URL: urlOf(ports.scoring),
  ROUTING_URL: urlOf(ports.routing),
  REPORTING_URL: urlOf(ports.reporting),
});

/**
 * What a service is told. `inherited` (usually our own environment) goes first, so that OTEL_*, LOG_LEVEL and the like
 * pass through, but never takes the place of what this house decides.
 */
export const serviceEnvironment = (
  service: ServiceName,
  house: House,
  inherited: Readonly<Record<string, string | undefined>> = {},
): Record<string, string | undefined> => ({
  NODE_ENV: 'production',
  OTEL_SERVICE_NAME: service,
  ...inherited,
  DATABASE_URL: house.databaseUrls[service],
  DATABASE_SCHEMA: service,
  KAFKA_BROKERS: house.brokers,
  HOST: '127.0.0.1',
  PORT: String(house.ports[service]),
  IDENTITY_SECRET: house.identitySecret,
  ...(service === 'gateway' ? ofGateway(house) : {}),
});
