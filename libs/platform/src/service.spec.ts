import { busMigrations, Database } from '@baton/bus';
import { timerMigrations } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { describe, expect, it } from '@jest/globals';
import { ServiceConfig } from './config/service.config.js';
import { service } from './service.js';

class Tables1 {
  async up(): Promise<void> {}
  async down(): Promise<void> {}
}
class OnDue {
  readonly kind = 'due';
  fire = () => Promise.resolve({ events: [] });
}
class Undecorated {
  constructor(readonly database: Database) {}
}
@Injectable()
class Decorated {
  constructor(readonly database: Database) {}
}
const spec = { name: 'shelf', config: ServiceConfig, migrations: [Tables1] };

describe('a service', () => {
  it('brings the tables of what it uses, and no others', () => {
    expect(service(spec).migrations).toEqual([Tables1]);
    expect(service({ ...spec, publishes: true }).migrations).toEqual([...busMigrations, Tables1]);
    expect(service({ ...spec, timers: [OnDue] }).migrations).toEqual([
      ...busMigrations,
      ...timerMigrations,
      Tables1,
    ]);
  });

  it('refuses a class that Nest would construct without its arguments', () => {
    expect(() => service({ ...spec, stores: [Undecorated] })).toThrow(/Undecorated .*@Injectable/);
    expect(() => service({ ...spec, stores: [Decorated] })).not.toThrow();
  });
});
