import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environment } from '../local.config.js';
import type { Exit } from '../process/child.js';
import { requireDiskSpace } from '../process/disk-space.js';
import { freePort } from '../process/ports.js';
import { StartFault } from '../process/start-fault.js';
import { findJava } from './java.js';
import { kafkaSecurity, type KafkaCredentials } from './kafka-certificate.js';
import type { KafkaPorts } from './kafka-config.js';
import { kafkaJars } from './kafka-jars.js';
import { KafkaNode, type RunningNode } from './kafka-node.js';

export interface KafkaOptions {
  /** Segments, configuration and logs; kept between starts. Broker 1 uses it directly, broker N `dir/broker-N`. */
  dir: string;
  /** Client port of the first broker. Any free port when absent. */
  port?: number;
  /** Controller port of the first broker. Any free port when absent. */
  controllerPort?: number;
  /** Client and controller ports of all brokers, instead of `port` and `controllerPort`. */
  ports?: readonly KafkaPorts[];
  /** 1 (default) or 3: replication factor 3, min.insync.replicas 2, internal topics included. */
  brokers?: 1 | 3;
  /** Clients use SASL (PLAIN, SCRAM-SHA-256, SCRAM-SHA-512) over TLS with the returned credentials. */
  security?: 'sasl-tls';
  log?: (line: string) => void;
}

export interface RunningKafka {
  /** host:port of every broker, separated by commas */
  readonly brokers: string;
  /** Client port of the first broker. */
  readonly port: number;
  /** Pid of the first broker. */
  readonly pid: number;
  /** Current pids, by broker index. */
  readonly pids: readonly number[];
  /** Exit of the first broker's first process. */
  readonly exited: Promise<Exit>;
  /** With `security: 'sasl-tls'`. */
  readonly credentials?: KafkaCredentials;
  /** Kills a broker with SIGKILL; resolves after its exit. @param index from 0 */
  kill(index: number): Promise<void>;
  /** Starts a killed or running broker again on its folder and ports; resolves once it serves. @param index from 0 */
  restart(index: number): Promise<void>;
  /** Closes the segments and stops every broker; no effect after their exit. */
  stop(): Promise<void>;
}

/** Cluster of brokers with prepared folders; each node is started by its own `start`. */
interface PreparedKafka {
  readonly nodes: readonly KafkaNode[];
  readonly ports: readonly KafkaPorts[];
  readonly brokers: string;
  readonly credentials?: KafkaCredentials;
}

/** As Kafka's random-uuid without a JVM: 16 bytes, URL-safe, no leading dash. */
const randomClusterId = (): string => {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? randomClusterId() : id;
};

const clusterIdIn = (dir: string): string => {
  const file = join(dir, 'cluster-id');
  if (!existsSync(file)) writeFileSync(file, randomClusterId());
  return readFileSync(file, 'utf8');
};

/** Replication factors are fixed when the cluster is created. */
const requireSameCount = (dir: string, brokers: number): void => {
  const created = existsSync(join(dir, 'data', 'meta.properties'));
  const cluster = existsSync(join(dir, 'broker-2'));
  if (!created || cluster === brokers > 1) return;
  throw new StartFault(
    `The data in ${dir} belong to ${cluster ? 'three brokers' : 'one broker'}, not to ${brokers}.`,
    `Start with --brokers ${cluster ? 3 : 1}, or use another folder with --home DIR.`,
  );
};

const portsFor = async (options: KafkaOptions): Promise<KafkaPorts[]> => {
  const fixed = options.ports ?? [{ client: options.port, controller: options.controllerPort }];
  return Promise.all(
    Array.from({ length: options.brokers ?? 1 }, async (_, index) => ({
      client: fixed[index]?.client ?? (await freePort()),
      controller: fixed[index]?.controller ?? (await freePort()),
      ...(options.security ? { internal: await freePort() } : {}),
    })),
  );
};

/**
 * Prepares the folders of a cluster: jars, certificate, configuration, format. Stops orphaned brokers of an earlier run.
 * @throws StartFault when Java, Maven, a port or disk space is missing, with what to do
 */
export const prepareKafka = async (options: KafkaOptions): Promise<PreparedKafka> => {
  const { log = () => undefined } = options;
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  await requireDiskSpace(dir);
  requireSameCount(dir, options.brokers ?? 1);
  const java = await findJava(environment.javaHome);
  const libs = await kafkaJars(environment.cache, log);
  const tls = options.security ? await kafkaSecurity(java, dir) : undefined;
  const ports = await portsFor(options);
  const nodes = ports.map(
    (_, index) =>
      new KafkaNode({
        java,
        libs,
        log,
        dir: index === 0 ? dir : join(dir, `broker-${index + 1}`),
        clusterId: clusterIdIn(dir),
        config: { id: index + 1, nodes: ports, security: tls?.security },
      }),
  );
  await Promise.all(nodes.map((node) => node.prepare()));
  return {
    nodes,
    ports,
    brokers: ports.map(({ client }) => `127.0.0.1:${client}`).join(','),
    ...(tls ? { credentials: tls.credentials } : {}),
  };
};

/**
 * Starts real Apache Kafka brokers (KRaft) on 127.0.0.1 and waits until all serve and groups can be joined. The same
 * `dir` (and port) can be started again after a stop or a kill; orphaned brokers of an earlier run are stopped first.
 * @throws StartFault when Java, Maven, a port or disk space is missing, with what to do
 */
export const startKafka = async (options: KafkaOptions): Promise<RunningKafka> => {
  const { nodes, ports, brokers, credentials } = await prepareKafka(options);
  const starting = await Promise.allSettled(nodes.map((node) => node.start()));
  const running = starting.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const stop = async (): Promise<void> => void (await Promise.all(running.map((node) => node.stop())));
  const failed = starting.find((result) => result.status === 'rejected');
  if (failed) {
    await stop();
    throw failed.reason;
  }
  const at = (index: number): RunningNode => {
    const node = running[index];
    if (!node) throw new RangeError(`There is no broker ${index}; there are ${running.length}.`);
    return node;
  };
  const kill = async (index: number): Promise<void> => {
    const { pid, exited } = at(index);
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // exited already
    }
    await exited;
  };
  const restart = async (index: number): Promise<void> => {
    await at(index).stop();
    running[index] = await (nodes[index] as KafkaNode).start();
  };
  return {
    brokers,
    port: (ports[0] as KafkaPorts).client,
    pid: at(0).pid,
    exited: at(0).exited,
    get pids() {
      return running.map(({ pid }) => pid);
    },
    ...(credentials ? { credentials } : {}),
    kill,
    restart,
    stop,
  };
};
