import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { answering, endLeftover, rememberPid, startChild, stopChild, tailOf } from './child.js';
import { dataFolder } from './disk.js';
import { checkJava, kafkaJars } from './kafka-jars.js';
import { ask, claimPort, freePort } from './ports.js';
import type { Server, ServerOptions } from './postgres.js';
import { StartProblem } from './problem.js';

export interface KafkaServer extends Server {
  /** host:port */
  readonly brokers: string;
}

// One node that is broker and controller. The short broker session lets it come back 4 s after a kill instead of 13.
const settings = (data: string, port: number, controllerPort: number): Record<string, string> => ({
  'process.roles': 'broker,controller',
  'node.id': '1',
  'controller.quorum.voters': `1@127.0.0.1:${controllerPort}`,
  'controller.listener.names': 'CONTROLLER',
  listeners: `PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}`,
  'advertised.listeners': `PLAINTEXT://127.0.0.1:${port}`,
  'log.dirs': data,
  'offsets.topic.replication.factor': '1',
  'offsets.topic.num.partitions': '4',
  'transaction.state.log.replication.factor': '1',
  'transaction.state.log.min.isr': '1',
  'min.insync.replicas': '1',
  'group.initial.rebalance.delay.ms': '0',
  'auto.create.topics.enable': 'false',
  'broker.session.timeout.ms': '2000',
  'broker.heartbeat.interval.ms': '500',
  'num.network.threads': '2',
  'num.io.threads': '4',
});

/**
 * Starts a real single-node Apache Kafka (KRaft) from Maven Central's jars.
 * @throws StartProblem with what to do
 */
export const startKafka = async ({
  dir,
  port,
  log = () => undefined,
  settings: more = {},
}: ServerOptions): Promise<KafkaServer> => {
  checkJava();
  const jars = await kafkaJars(log);
  const data = join(dataFolder(dir), 'data');
  const pidFile = join(dir, 'kafka.pid');
  await endLeftover(pidFile, (command) => command.includes('kafka.Kafka'));
  const chosen = port === undefined ? await freePort() : await claimPort(port, 'Kafka');
  const properties = join(dir, 'server.properties');
  writeFileSync(properties, lines({ ...settings(data, chosen, await freePort()), ...more }));
  const classpath = join(jars, '*');
  if (!existsSync(join(data, 'meta.properties'))) format(classpath, data, properties, log);
  const logFile = join(dir, 'kafka.log');
  const java = [
    '-Xms256m',
    '-Xmx512m',
    '-XX:+UseG1GC',
    '-Djava.awt.headless=true',
    '-Dorg.slf4j.simpleLogger.showDateTime=true',
  ];
  const child = startChild({
    command: 'java',
    args: [...java, '-cp', classpath, 'kafka.Kafka', properties],
    logFile,
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  if (child.pid) rememberPid(pidFile, child.pid);
  const failed = (why: string) =>
    new StartProblem(`Kafka did not start: ${why}. It said:\n${tailOf(logFile)}`);
  await answering(child, () => ask(chosen, API_VERSIONS), failed);
  const stop = async () => {
    await stopChild(child, 'SIGTERM');
    rmSync(pidFile, { force: true });
  };
  return { pid: child.pid!, port: chosen, brokers: `127.0.0.1:${chosen}`, ended, stop };
};

const lines = (pairs: Record<string, string>): string =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const format = (classpath: string, data: string, properties: string, log: (line: string) => void): void => {
  log('Kafka: preparing its log folder');
  rmSync(data, { recursive: true, force: true });
  const cluster = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64url');
  const args = [
    '-Xshare:auto',
    '-XX:TieredStopAtLevel=1',
    '-cp',
    classpath,
    'kafka.tools.StorageTool',
    'format',
    '-t',
    cluster,
    '-c',
    properties,
  ];
  const { status, stderr, stdout } = spawnSync('java', args, { encoding: 'utf8' });
  if (status !== 0) throw new StartProblem(`Kafka could not prepare ${data}:\n${stderr}${stdout}`.trim());
};

/** ApiVersions, version 0: the first thing every client asks. Length, key 18, version 0, correlation id 1, no client id. */
const API_VERSIONS = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);

/** The port a broker last ran on, so that a restart answers where its clients look for it. */
export const lastKafkaPort = (dir: string): number | undefined => {
  const file = join(dir, 'server.properties');
  const port = existsSync(file)
    ? /listeners=PLAINTEXT:\/\/127\.0\.0\.1:(\d+)/.exec(readFileSync(file, 'utf8'))?.[1]
    : undefined;
  return port === undefined ? undefined : Number(port);
};
