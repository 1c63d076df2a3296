import { requirePort, freePorts, isFree } from '../process/ports.js';
import { serviceNames, type PerService } from '../services.js';

/** Ports on 127.0.0.1 of all servers and services. */
export type PortPlan = PerService<number> &
  Readonly<Record<'kafka' | 'kafkaController' | 'postgres', number>>;

/** Order of the ports after the base; the gateway first, since users open it. */
export const portOrder = [
  'gateway',
  ...serviceNames.filter((name) => name !== 'gateway'),
  'kafka',
  'kafkaController',
  'postgres',
] as const;

/** The plan with these ports, in `portOrder`. */
export const planOf = (ports: readonly number[]): PortPlan =>
  Object.fromEntries(portOrder.map((name, index) => [name, ports[index]])) as PortPlan;

const consecutive = (base: number): number[] => portOrder.map((_, index) => base + index);

/**
 * Chooses the ports.
 * @param base first of the fixed ports; a port in use is a fault
 * @param preferred first port to try without a base, so that bookmarks stay valid; any free ports if one is in use
 */
export const planPorts = async (base: number | undefined, preferred?: number): Promise<PortPlan> => {
  if (base !== undefined) {
    const plan = planOf(consecutive(base));
    for (const name of portOrder) await requirePort(plan[name], name);
    return plan;
  }
  if (preferred !== undefined) {
    const wanted = consecutive(preferred);
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return planOf(wanted);
  }
  return planOf(await freePorts(portOrder.length));
};
