import { requirePort, freePorts, isFree } from '../process/ports.js';
import { perService, serviceNames, type PerService } from '../services.js';

/** Ports on 127.0.0.1 of all servers and services. */
export interface PortPlan extends PerService<number> {
  readonly kafka: number;
  readonly kafkaController: number;
  readonly postgres: number;
  /** Metrics and health of each service. */
  readonly management: PerService<number>;
  /** Client and controller ports of the second and third broker. */
  readonly moreKafka: readonly { readonly client: number; readonly controller: number }[];
}

/** Order of the ports after the base; the gateway first, since users open it. */
export const portOrder = [
  'gateway',
  ...serviceNames.filter((name) => name !== 'gateway'),
  'kafka',
  'kafkaController',
  'postgres',
  ...serviceNames.map((name) => `${name} (management)` as const),
  'kafka 2',
  'kafka 2 (controller)',
  'kafka 3',
  'kafka 3 (controller)',
] as const;

type PortName = (typeof portOrder)[number];

/** The plan with these ports, in `portOrder`. */
export const planOf = (ports: readonly number[]): PortPlan => {
  const port = (name: PortName): number => ports[portOrder.indexOf(name)] as number;
  return {
    ...perService((name) => port(name)),
    kafka: port('kafka'),
    kafkaController: port('kafkaController'),
    postgres: port('postgres'),
    management: perService((name) => port(`${name} (management)`)),
    moreKafka: [
      { client: port('kafka 2'), controller: port('kafka 2 (controller)') },
      { client: port('kafka 3'), controller: port('kafka 3 (controller)') },
    ],
  };
};

const consecutive = (base: number): number[] => portOrder.map((_, index) => base + index);

/**
 * Chooses the ports.
 * @param base first of the fixed ports; a port in use is a fault
 * @param preferred first port to try without a base, so that bookmarks stay valid; any free ports if one is in use
 * @throws StartFault when a fixed port is in use
 */
export const planPorts = async (base: number | undefined, preferred?: number): Promise<PortPlan> => {
  if (base !== undefined) {
    const ports = consecutive(base);
    for (const [index, name] of portOrder.entries()) await requirePort(ports[index] as number, name);
    return planOf(ports);
  }
  if (preferred !== undefined) {
    const wanted = consecutive(preferred);
    if ((await Promise.all(wanted.map(isFree))).every(Boolean)) return planOf(wanted);
  }
  return planOf(await freePorts(portOrder.length));
};
