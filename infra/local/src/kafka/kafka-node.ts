import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Child, type Exit } from '../process/child.js';
import { endOrphan, orphanIn } from '../process/orphan-process.js';
import { requirePort } from '../process/ports.js';
import { run } from '../process/run.js';
import { DAMAGED_DATA_ADVICE, startFault } from '../process/start-fault.js';
import { kafkaProperties, type KafkaNodeConfig, type KafkaPorts } from './kafka-config.js';
import { brokerIds, coordinatorReady } from './kafka-protocol.js';

/** A running broker process. */
export interface RunningNode {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Closes the segments and stops the broker; no effect after its exit. */
  stop(): Promise<void>;
}

interface NodeOptions {
  readonly java: string;
  /** Folder with the jars. */
  readonly libs: string;
  readonly dir: string;
  readonly clusterId: string;
  readonly config: Omit<KafkaNodeConfig, 'data'>;
  readonly log: (line: string) => void;
}

/**
 * For a small machine shared with all other processes: the C1 compiler alone, since C2 uses a fifth of a core for the
 * first minutes, and a collector without threads of its own.
 */
const RUNTIME = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Xshare:auto', '-Djava.awt.headless=true'];

const LOGGING = [
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
  '-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS',
];

/** Three brokers share the memory of one machine. */
const heap = (brokers: number): string[] =>
  brokers === 1 ? ['-Xms128m', '-Xmx512m'] : ['-Xms96m', '-Xmx256m'];

/** ms. The last nodes of a cluster that stops as a whole have no quorum left for a controlled shutdown. */
const stopGrace = (brokers: number): number => (brokers === 1 ? 20_000 : 6_000);

/** One broker of a cluster, started and restarted on the same folder and ports. */
export class KafkaNode {
  private readonly data: string;
  private readonly properties: string;
  private readonly pidFile: string;

  constructor(private readonly options: NodeOptions) {
    const { dir } = options;
    mkdirSync(dir, { recursive: true });
    this.data = join(dir, 'data');
    this.properties = join(dir, 'server.properties');
    this.pidFile = join(dir, 'kafka.pid');
  }

  /** Stops an orphaned broker of an earlier run, writes the configuration and formats a new data folder. */
  async prepare(): Promise<void> {
    const { config, log } = this.options;
    const orphan = orphanIn(this.pidFile, this.properties);
    if (orphan) {
      log(`stopping an Apache Kafka orphaned by an earlier run (pid ${orphan})`);
      await endOrphan(orphan, 'SIGTERM', stopGrace(config.nodes.length));
    }
    await requirePort(this.ports.client, 'Apache Kafka', existsSync(this.pidFile) ? 5_000 : 0);
    // Holds the password of the SASL user.
    writeFileSync(this.properties, kafkaProperties({ ...config, data: this.data }), { mode: 0o600 });
    await this.format();
  }

  /**
   * Starts the broker and waits until the controller has registered it and groups can be joined.
   * @throws StartFault when the process exits first
   */
  readonly start = async (): Promise<RunningNode> => {
    const { java, libs, dir, config } = this.options;
    await requirePort(this.ports.client, 'Apache Kafka', 5_000);
    const server = await Child.launch({
      command: java,
      args: [
        ...heap(config.nodes.length),
        ...RUNTIME,
        ...LOGGING,
        '-cp',
        `${libs}/*`,
        'kafka.Kafka',
        this.properties,
      ],
      logFile: join(dir, 'kafka.log'),
    });
    writeFileSync(this.pidFile, String(server.pid));
    await this.untilServing(server);
    return { pid: server.pid, exited: server.exited, stop: () => this.stop(server) };
  };

  private get ports(): KafkaPorts {
    const { id, nodes } = this.options.config;
    return nodes[id - 1] as KafkaPorts;
  }

  private async stop(server: Child): Promise<void> {
    await server.stop({ grace: stopGrace(this.options.config.nodes.length) });
    if (existsSync(this.pidFile) && readFileSync(this.pidFile, 'utf8') === String(server.pid))
      rmSync(this.pidFile);
  }

  private async untilServing(server: Child): Promise<void> {
    const { internal, client } = this.ports;
    const port = internal ?? client;
    while (!server.exit) {
      try {
        const ids = await brokerIds(port);
        if (ids.includes(this.options.config.id) && (await coordinatorReady(port))) return;
      } catch {
        // not listening yet
      }
      await delay(50);
    }
    throw startFault('Apache Kafka', server.tail(), server.logFile, DAMAGED_DATA_ADVICE);
  }

  private async format(): Promise<void> {
    const { java, libs, clusterId, config } = this.options;
    if (existsSync(join(this.data, 'meta.properties'))) return;
    const jvm = [
      '-Xmx96m',
      '-Xshare:auto',
      '-XX:TieredStopAtLevel=1',
      '-XX:+UseSerialGC',
      '-cp',
      `${libs}/*`,
    ];
    const tool = ['kafka.tools.StorageTool', 'format', '--ignore-formatted'];
    const cluster = ['-t', clusterId, '-c', this.properties];
    const users = ['SCRAM-SHA-256', 'SCRAM-SHA-512'].flatMap((mechanism) =>
      config.security
        ? [
            '--add-scram',
            `${mechanism}=[name=${config.security.username},password=${config.security.password}]`,
          ]
        : [],
    );
    const result = await run(java, [...jvm, ...tool, ...cluster, ...users]);
    if (result.code !== 0) throw startFault('Apache Kafka (format)', result.text, this.data);
  }
}
