import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { freePort } from '../process/ports.js';
import { planOf, planPorts, portOrder } from './port-plan.js';

const occupy = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

/** A base with enough free ports after it. */
const freeBase = async (): Promise<number> => Math.min(...Object.values(await planPorts(undefined)));

describe('planPorts', () => {
  let taken: Server | undefined;
  afterEach(() => void taken?.close());

  it('gives the gateway the first port and the others in a fixed order', async () => {
    const base = await freeBase();
    const plan = await planPorts(base);
    expect(plan).toMatchObject({ gateway: base, ingestion: base + 1, postgres: base + portOrder.length - 1 });
    expect(plan).toEqual(planOf(portOrder.map((_, place) => base + place)));
  });

  it('names the service whose fixed port is in use', async () => {
    const base = await freeBase();
    taken = await occupy(base + 2);
    await expect(planPorts(base)).rejects.toThrow(`${portOrder[2]} cannot listen on 127.0.0.1:${base + 2}`);
  });

  it('uses the preferred ports if all are free, otherwise any free ones', async () => {
    const preferred = await freeBase();
    expect((await planPorts(undefined, preferred)).gateway).toBe(preferred);
    taken = await occupy(preferred + 1);
    const plan = await planPorts(undefined, preferred);
    expect(Object.values(plan)).not.toContain(preferred + 1);
    expect(new Set(Object.values(plan)).size).toBe(portOrder.length);
  });

  it('chooses free ports below the ephemeral range', async () => {
    expect(await freePort()).toBeLessThan(32_768);
  });
});
