import { publicKeyIn } from '@baton/platform/identity';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepWriteKey, loginPassword, secretsIn } from './secrets.js';

describe('secrets', () => {
  let home: string;
  let file: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'baton-secrets-'));
    file = join(home, 'secrets.json');
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it('are generated once, have a minimum length and are readable by the owner only', () => {
    const secrets = secretsIn(file);
    expect(publicKeyIn(secrets.identity.publicKeys[0])).toBeTruthy();
    expect(secrets.adminToken.length).toBeGreaterThanOrEqual(32);
    expect(Buffer.from(secrets.secondFactorKeys[0]!, 'base64').length).toBe(32);
    expect(new Set(Object.values(secrets.databasePasswords)).size).toBe(5);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(secretsIn(file)).toEqual(secrets);
  });

  it('differ between installations', () => {
    const other = secretsIn(join(home, 'other.json'));
    expect(secretsIn(file).identity).not.toEqual(other.identity);
    expect(secretsIn(file).adminToken).not.toBe(other.adminToken);
  });

  it('keep existing values and add missing ones', () => {
    writeFileSync(file, JSON.stringify({ adminToken: 'mine', databasePasswords: { scoring: 'kept' } }));
    expect(secretsIn(file)).toMatchObject({ adminToken: 'mine', databasePasswords: { scoring: 'kept' } });
    expect(secretsIn(file).databasePasswords.routing).toBeTruthy();
  });

  it('store one password per login and the write keys', () => {
    const password = loginPassword(file, 'sam@baton.example');
    expect(loginPassword(file, 'mia@baton.example')).not.toBe(password);
    keepWriteKey(file, 'website', 'wk_1');
    expect(loginPassword(file, 'sam@baton.example')).toBe(password);
    expect(secretsIn(file).writeKeys).toEqual({ website: 'wk_1' });
  });

  it('report a damaged file without changing it', () => {
    writeFileSync(file, '{ "adminToken": ');
    expect(() => secretsIn(file)).toThrow(/secrets.json cannot be read[^]*npm run reset/);
    expect(readFileSync(file, 'utf8')).toBe('{ "adminToken": ');
  });
});
