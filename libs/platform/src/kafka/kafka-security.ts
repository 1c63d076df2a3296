import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { SASL_MECHANISMS, type KafkaSecurityConfig } from './kafka-security.config.js';
import { OauthTokenClient } from './oauth-token.client.js';

/** Credentials in the shape of kafkajs. */
export type KafkaSasl =
  | {
      readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
      readonly username: string;
      readonly password: string;
    }
  | { readonly mechanism: 'oauthbearer'; readonly oauthBearerProvider: () => Promise<{ value: string }> };

/** TLS and SASL options in the shape of kafkajs; empty without either. */
export interface KafkaSecurity {
  ssl?: ConnectionOptions | true;
  sasl?: KafkaSasl;
}

const BY_PASSWORD = {
  KAFKA_SASL_USERNAME: 'kafkaSaslUsername',
  KAFKA_SASL_PASSWORD: 'kafkaSaslPassword',
} as const;
const BY_TOKEN = {
  KAFKA_OAUTH_TOKEN_URL: 'kafkaOauthTokenUrl',
  KAFKA_OAUTH_CLIENT_ID: 'kafkaOauthClientId',
  KAFKA_OAUTH_CLIENT_SECRET: 'kafkaOauthClientSecret',
} as const;

/** Contradictions between the settings, one line each, by environment variable. Reads the CA file. */
export const kafkaSecurityFaults = (config: KafkaSecurityConfig): string[] => {
  const { kafkaSaslMechanism: mechanism, kafkaTls, kafkaTlsCaFile } = config;
  const faults: string[] = [];
  if (SASL_MECHANISMS.some((known) => known === mechanism)) {
    const required = Object.entries(mechanism === 'oauthbearer' ? BY_TOKEN : BY_PASSWORD);
    for (const [variable, property] of required)
      if (!config[property])
        faults.push(`${variable} is not set: KAFKA_SASL_MECHANISM=${mechanism} requires it`);
  } else if (!mechanism) {
    for (const [variable, property] of Object.entries({ ...BY_PASSWORD, ...BY_TOKEN }))
      if (config[property]) faults.push(`${variable} has no effect: KAFKA_SASL_MECHANISM is not set`);
  }
  if (kafkaTlsCaFile && !kafkaTls) faults.push('KAFKA_TLS_CA_FILE has no effect: KAFKA_TLS is not true');
  if (kafkaTlsCaFile && kafkaTls) faults.push(...caFaults(kafkaTlsCaFile));
  return faults;
};

/** Settings that work and expose credentials, one line each. */
export const kafkaSecurityWarnings = ({
  kafkaTls,
  kafkaSaslMechanism: mechanism,
}: KafkaSecurityConfig): string[] =>
  !kafkaTls && (mechanism === 'plain' || mechanism === 'oauthbearer')
    ? [`KAFKA_SASL_MECHANISM=${mechanism} without KAFKA_TLS=true sends the credentials unencrypted`]
    : [];

/**
 * Options for `BusClient` and for provisioning, from settings without faults.
 *
 * @throws when the CA file cannot be read
 */
export const kafkaSecurityOf = (config: KafkaSecurityConfig): KafkaSecurity => {
  const security: KafkaSecurity = {};
  const { kafkaTlsCaFile } = config;
  if (config.kafkaTls) security.ssl = kafkaTlsCaFile ? { ca: [readFileSync(kafkaTlsCaFile, 'utf8')] } : true;
  const sasl = saslOf(config);
  if (sasl) security.sasl = sasl;
  return security;
};

const saslOf = (config: KafkaSecurityConfig): KafkaSasl | undefined => {
  const { kafkaSaslMechanism: mechanism } = config;
  if (!mechanism) return undefined;
  if (mechanism !== 'oauthbearer')
    return { mechanism, username: config.kafkaSaslUsername ?? '', password: config.kafkaSaslPassword ?? '' };
  const tokens = new OauthTokenClient({
    tokenUrl: config.kafkaOauthTokenUrl ?? '',
    clientId: config.kafkaOauthClientId ?? '',
    clientSecret: config.kafkaOauthClientSecret ?? '',
    scope: config.kafkaOauthScope,
  });
  return { mechanism, oauthBearerProvider: async () => ({ value: await tokens.token() }) };
};

const caFaults = (file: string): string[] => {
  try {
    if (readFileSync(file, 'utf8').includes('-----BEGIN CERTIFICATE-----')) return [];
    return [`KAFKA_TLS_CA_FILE ${file} must contain certificates in PEM format`];
  } catch (fault) {
    return [
      `KAFKA_TLS_CA_FILE ${file} cannot be read: ${(fault as NodeJS.ErrnoException).code ?? 'unknown error'}`,
    ];
  }
};
