import { describe, expect, it } from '@jest/globals';
import { Type } from 'class-transformer';
import { IsInt, Min, MinLength } from 'class-validator';
import { generateIdentityKeys } from '../identity/identity-key.js';
import { service } from '../service.js';
import { ConfigError, loadConfig } from './load-config.js';
import { ServiceConfig } from './service.config.js';

class ShelfConfig extends ServiceConfig {
  @MinLength(8) providerSecret!: string;
  @Type(() => Number) @IsInt() @Min(1) shelvesPerRoom = 4;
}
const shelf = service({ name: 'shelf-keeper', config: ShelfConfig });
const shelfWithBus = service({ name: 'shelf', config: ShelfConfig, publishes: true });

const COMPLETE = {
  DATABASE_URL: 'postgres://shelf:pw@db:5432/baton',
  IDENTITY_PUBLIC_KEYS: generateIdentityKeys().publicKey,
  PROVIDER_SECRET: 'hush-hush',
};

const faultsOf = (environment: Record<string, string>, spec = shelf): readonly string[] => {
  try {
    loadConfig(spec, environment);
  } catch (fault) {
    if (fault instanceof ConfigError) return fault.faults;
    throw fault;
  }
  return [];
};

describe('a configuration', () => {
  it('maps SCREAMING_SNAKE to properties, with types and defaults', () => {
    const config = loadConfig(shelf, { ...COMPLETE, PORT: '8080', SHELVES_PER_ROOM: ' 7 ' });

    expect(config).toBeInstanceOf(ShelfConfig);
    expect(config).toMatchObject({
      port: 8080,
      shelvesPerRoom: 7,
      providerSecret: 'hush-hush',
      batchSize: 500,
    });
    expect(config.databaseSchema).toBe('shelf_keeper');
  });

  it('reads lists, and treats an empty variable as absent', () => {
    const config = loadConfig(shelf, { ...COMPLETE, KAFKA_BROKERS: 'a:9092, b:9093', PORT: '' });

    expect(config.kafkaBrokers).toEqual(['a:9092', 'b:9093']);
    expect(config.port).toBe(0);
  });

  it('reports every fault at once, by environment variable', () => {
    const faults = faultsOf({ PORT: '70000', SHELVES_PER_ROOM: 'many', KAFKA_BROKERS: 'nowhere' });

    expect(faults.join('\n')).toMatch(/^DATABASE_URL is not set: it must be a PostgreSQL URL, such as/m);
    expect(faults.join('\n')).toMatch(
      /^IDENTITY_PUBLIC_KEYS is not set: it must list one or more Ed25519 public keys/m,
    );
    expect(faults.join('\n')).toMatch(/^PROVIDER_SECRET is not set/m);
    expect(faults.join('\n')).toMatch(/^PORT must not be greater than 65535/m);
    expect(faults.join('\n')).toMatch(/^SHELVES_PER_ROOM .*must be an integer/m);
    expect(faults.join('\n')).toMatch(/^KAFKA_BROKERS must be host:port/m);
    expect(faults).toHaveLength(6);
  });

  it.each([
    ['a password', 'a secret of more than thirty-two characters'],
    ['a private key', generateIdentityKeys().privateKey],
    ['a list with one wrong key', `${generateIdentityKeys().publicKey},${generateIdentityKeys().privateKey}`],
    ['an empty list', ','],
  ])('rejects %s as identity keys, without showing it', (_, keys) => {
    const faults = faultsOf({ ...COMPLETE, IDENTITY_PUBLIC_KEYS: keys });
    expect(faults).toEqual([expect.stringMatching(/^IDENTITY_PUBLIC_KEYS must list one or more Ed25519/)]);
    if (keys !== ',') expect(faults.join()).not.toContain(keys);
  });

  it('accepts several identity keys', () => {
    const keys = [generateIdentityKeys().publicKey, generateIdentityKeys().publicKey];
    expect(
      loadConfig(shelf, { ...COMPLETE, IDENTITY_PUBLIC_KEYS: keys.join(', ') }).identityPublicKeys,
    ).toEqual(keys);
  });

  it('never shows a value', () => {
    expect(faultsOf({ ...COMPLETE, PROVIDER_SECRET: 'short' })).toEqual([
      expect.not.stringContaining('short'),
    ]);
  });

  it('requires a broker only for a service that uses one', () => {
    expect(faultsOf(COMPLETE)).toEqual([]);
    expect(faultsOf(COMPLETE, shelfWithBus)).toEqual([expect.stringMatching(/^KAFKA_BROKERS is not set/)]);
  });
});
