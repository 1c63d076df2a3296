import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFor, closedParent, reachableData } from './postgres-account.js';

const postgres = { uid: 12_345, gid: 12_345 };
const ignore = (): void => undefined;

describe('data reachable for another account', () => {
  let home: string;
  const dir = (): string => join(home, 'postgres');

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'baton-account-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('stay in place when the server runs under our account', async () => {
    expect(await accountFor(1000)).toEqual({});
    expect(reachableData(dir(), {}, ignore)).toBe(dir());
  });

  it('stay in place when every parent folder is open', () => {
    chmodSync(home, 0o711);
    expect(closedParent(dir())).toBeUndefined();
    expect(reachableData(dir(), postgres, ignore)).toBe(dir());
  });

  it('are kept when a parent folder is closed later', () => {
    mkdirSync(join(dir(), 'data'), { recursive: true });
    expect(closedParent(dir())).toBe(home);
    expect(() => reachableData(dir(), postgres, ignore)).toThrow(/may not enter .*chmod o\+x/s);
    expect(existsSync(join(dir(), 'data'))).toBe(true);
  });

  it('are stored elsewhere, with a link, below a closed folder', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'baton-elsewhere-'));
    chmodSync(elsewhere, 0o711);
    const lines: string[] = [];
    const place = reachableData(dir(), postgres, (line) => lines.push(line), elsewhere);
    expect(place.startsWith(elsewhere)).toBe(true);
    expect(lstatSync(dir()).isSymbolicLink()).toBe(true);
    expect(readlinkSync(dir())).toBe(place);
    expect(closedParent(join(place, 'data'))).toBeUndefined();
    expect(lines.join()).toContain(`may not enter ${home}`);
    expect(reachableData(dir(), postgres, ignore, elsewhere)).toBe(place);
    rmSync(elsewhere, { recursive: true });
  });
});
