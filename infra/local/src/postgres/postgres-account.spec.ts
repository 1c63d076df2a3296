import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { chmodSync, existsSync, lstatSync, mkdirSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountFor, closedParent, reachableData } from './postgres-account.js';

const postgres = { uid: 12_345, gid: 12_345 };
const quiet = (): void => undefined;

describe('data that another account must reach', () => {
  let home: string;
  const dir = (): string => join(home, 'postgres');

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'baton-account-'));
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('stay where they are asked for when nobody else runs the server', async () => {
    expect(await accountFor(1000)).toEqual({});
    expect(reachableData(dir(), {}, quiet)).toBe(dir());
  });

  it('stay where they are asked for when every folder above is open', () => {
    chmodSync(home, 0o711);
    expect(closedParent(dir())).toBeUndefined();
    expect(reachableData(dir(), postgres, quiet)).toBe(dir());
  });

  it('are never deleted because a folder was closed later', () => {
    mkdirSync(join(dir(), 'data'), { recursive: true });
    expect(closedParent(dir())).toBe(home);
    expect(() => reachableData(dir(), postgres, quiet)).toThrow(/may not enter .*chmod o\+x/s);
    expect(existsSync(join(dir(), 'data'))).toBe(true);
  });

  it('are kept elsewhere, with a link, below a closed folder', () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'baton-elsewhere-'));
    chmodSync(elsewhere, 0o711);
    const said: string[] = [];
    const place = reachableData(dir(), postgres, (line) => said.push(line), elsewhere);
    expect(place.startsWith(elsewhere)).toBe(true);
    expect(lstatSync(dir()).isSymbolicLink()).toBe(true);
    expect(readlinkSync(dir())).toBe(place);
    expect(closedParent(join(place, 'data'))).toBeUndefined();
    expect(said.join()).toContain(`may not enter ${home}`);
    expect(reachableData(dir(), postgres, quiet, elsewhere)).toBe(place);
    rmSync(elsewhere, { recursive: true });
  });
});
