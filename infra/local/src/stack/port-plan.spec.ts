import { afterEach, describe, expect, it } from '@jest/globals';
import { createServer, type Server } from 'node:net';
import { freePort } from '../process/ports.js';
import { serviceNames } from '../services.js';
import { planOf, planPorts, portOrder, type PortPlan } from './port-plan.js';

const occupy = (port: number): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer().listen(port, '127.0.0.1', () => resolve(server));
  });

const portsOf = (plan: PortPlan): number[] => [
  ...serviceNames.flatMap((name) => [plan[name], plan.management[name]]),
  ...plan.moreKafka.flatMap(({ client, controller }) => [client, controller]),
  plan.kafka,
  plan.kafkaController,
  plan.postgres,
];

/** A base followed by enough free ports. */
const freeBase = async (): Promise<number> => Math.min(...portsOf(await planPorts(undefined)));

describe('planPorts', () => {
  let taken: Server | undefined;
  afterEach(() => void taken?.close());

  it('gives the gateway the first port and the others in a fixed order', async () => {
    const base = await freeBase();
    const plan = await planPorts(base);
    expect(plan).toMatchObject({ gateway: base, ingestion: base + 1, postgres: base + 7 });
    expect(plan).toEqual(planOf(portOrder.map((_, index) => base + index)));
    expect(new Set(portsOf(plan)).size).toBe(portOrder.length);
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
    const ports = portsOf(await planPorts(undefined, preferred));
    expect(ports).not.toContain(preferred + 1);
    expect(new Set(ports).size).toBe(portOrder.length);
  });

  it('chooses free ports below the ephemeral range', async () => {
    expect(await freePort()).toBeLessThan(32_768);
  });
});
