import { claimPort, freePorts, isFree } from '../process/ports.js';
import { serviceNames, type PerService } from '../services.js';

/** Where everything listens on 127.0.0.1. */
export type PortPlan = PerService<number> &
  Readonly<Record<'kafka' | 'kafkaController' | 'postgres', number>>;

/** The order of ports after a base: what people open comes first. */
export const portOrder = [
  'gateway',
  ...serviceNames.filter((name) => name !== 'gateway'),
  'kafka',
  'kafkaController',
  'postgres',
] as const;

/** The plan with these ports, in `portOrder`. */
export const planOf = (ports: readonly number[]): PortPlan =>
  Object.fromEntries(portOrder.map((name, place) => [name, ports[place]])) as PortPlan;

const consecutive = (base: number): number[] => portOrder.map((_, place) => base + place);

/**
 * Chooses the ports.
 * @param base fixed ports from here on; a taken one is a fault
 * @param preferred without a base: these if all are free, so that bookmarks keep working; otherwise any free ones
 */
export const planPorts = async (base: number | undefined, preferred?: number): Promise<PortPlan> => {
  if (base !== undefined) {
    const plan = planOf(consecutive(base));
    for (const name of portOrder) await claimPort(plan[name], name);
    return plan;
  }
  if (preferred !== undefined) {
    const wanted = consecutive(preferred);
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return planOf(wanted);
  }
  return planOf(await freePorts(portOrder.length));
};
