import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { environment } from '../local.config.js';
import { Child, type Exit } from '../process/child.js';
import { endLeftover, leftover } from '../process/orphan-process.js';
import { claimPort, freePort } from '../process/ports.js';
import { run } from '../process/run.js';
import { claimSpace } from '../process/disk-space.js';
import { aboutDamage, startFault } from '../process/start-fault.js';
import { findJava } from './java.js';
import { kafkaProperties } from './kafka-config.js';
import { kafkaJars } from './kafka-jars.js';
import { coordinatorReady, servingBrokers } from './kafka-protocol.js';

export interface KafkaOptions {
  /** Kept between starts: the segments, the configuration, the log. */
  dir: string;
  /** Any free one when absent. */
  port?: number;
  /** Of the controller inside the node. Any free one when absent. */
  controllerPort?: number;
  log?: (line: string) => void;
}

export interface RunningKafka {
  /** host:port */
  readonly brokers: string;
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Closes the segments and ends the broker; at once if it is gone already. */
  stop(): Promise<void>;
}

/**
 * For a small machine shared with everything else: the quick compiler alone, since the thorough one takes a fifth of a core
 * for the first minutes, and the collector without threads of its own.
 */
const runtime = [
  ...['-Xms256m', '-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1'],
  '-Djava.awt.headless=true',
];

const logging = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
];

/** As Kafka's own random-uuid, without a JVM: 16 bytes, URL-safe, not beginning like an option. */
const clusterId = (): string => {
  const id = randomBytes(16).toString('base64url');
  return id.startsWith('-') ? clusterId() : id;
};

interface Installation {
  java: string;
  libs: string;
  properties: string;
  data: string;
}

const format = async ({ java, libs, properties, data }: Installation): Promise<void> => {
  if (existsSync(join(data, 'meta.properties'))) return;
  const tool = ['-Xshare:auto', '-XX:TieredStopAtLevel=1', '-cp', `${libs}/*`, 'kafka.tools.StorageTool'];
  const said = await run(java, [
    ...tool,
    'format',
    '--ignore-formatted',
    '-t',
    clusterId(),
    '-c',
    properties,
  ]);
  if (said.code !== 0) throw startFault('Apache Kafka (format)', said.text, data);
};

const settled = async (server: Child, port: number): Promise<'up' | 'gone'> => {
  while (!server.exit) {
    try {
      if ((await servingBrokers(port)) > 0 && (await coordinatorReady(port))) return 'up';
    } catch {
      // not listening yet
    }
    await delay(50);
  }
  return 'gone';
};

/**
 * Starts a real Apache Kafka (KRaft, one node) on 127.0.0.1 and waits until it serves and groups can be joined. The
 * same `dir` (and port) can be started again after a stop or a kill; a broker that an earlier run left behind in it is
 * stopped first.
 * @throws StartFault when Java, Maven, the port or the disk is missing, with what to do
 */
export const startKafka = async (options: KafkaOptions): Promise<RunningKafka> => {
  const { log = () => undefined } = options;
  const dir = resolve(options.dir);
  mkdirSync(dir, { recursive: true });
  await claimSpace(dir);
  const java = await findJava(environment.javaHome);
  const libs = await kafkaJars(environment.cache, log);
  const [data, properties, pidFile] = [
    join(dir, 'data'),
    join(dir, 'server.properties'),
    join(dir, 'kafka.pid'),
  ];
  const old = leftover(pidFile, properties);
  if (old) {
    log(`stopping an Apache Kafka that an earlier run left behind (pid ${old})`);
    await endLeftover(old, 'SIGTERM', 20_000);
  }
  const port = options.port ?? (await freePort());
  await claimPort(port, 'Apache Kafka', existsSync(pidFile) ? 5_000 : 0);
  writeFileSync(
    properties,
    kafkaProperties({ port, controllerPort: options.controllerPort ?? (await freePort()), data }),
  );
  await format({ java, libs, properties, data });
  const server = await Child.launch({
    command: java,
    args: [...runtime, ...logging, '-cp', `${libs}/*`, 'kafka.Kafka', properties],
    logFile: join(dir, 'kafka.log'),
  });
  writeFileSync(pidFile, String(server.pid));
  if ((await settled(server, port)) === 'gone')
    throw startFault('Apache Kafka', server.tail(), server.logFile, aboutDamage);
  const stop = async (): Promise<void> => {
    await server.stop({ grace: 20_000 });
    if (existsSync(pidFile) && readFileSync(pidFile, 'utf8') === String(server.pid)) rmSync(pidFile);
  };
  return { brokers: `127.0.0.1:${port}`, port, pid: server.pid, exited: server.exited, stop };
};
