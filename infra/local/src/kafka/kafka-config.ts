/** Ports of one node that is broker and controller at once. */
export interface KafkaPorts {
  readonly client: number;
  readonly controller: number;
  /** PLAINTEXT between brokers and for readiness checks; only with SASL over TLS. */
  readonly internal?: number;
}

/** Files and credentials of a listener with SASL over TLS. */
export interface KafkaSecurity {
  readonly keystore: string;
  readonly keystorePassword: string;
  readonly username: string;
  readonly password: string;
}

export interface KafkaNodeConfig {
  /** From 1. */
  readonly id: number;
  /** Ports of all nodes, in the order of their ids. */
  readonly nodes: readonly KafkaPorts[];
  readonly data: string;
  readonly security?: KafkaSecurity | undefined;
}

type Properties = Record<string, string | number | boolean>;

const JAAS = 'org.apache.kafka.common.security';

const listeners = ({ id, nodes, security }: KafkaNodeConfig): Properties => {
  const { client, controller, internal } = nodes[id - 1] as KafkaPorts;
  const clients = security
    ? `SASL_SSL://127.0.0.1:${client},PLAINTEXT://127.0.0.1:${internal}`
    : `PLAINTEXT://127.0.0.1:${client}`;
  return {
    'controller.quorum.voters': nodes
      .map((node, index) => `${index + 1}@127.0.0.1:${node.controller}`)
      .join(','),
    'controller.listener.names': 'CONTROLLER',
    'inter.broker.listener.name': 'PLAINTEXT',
    listeners: `${clients},CONTROLLER://127.0.0.1:${controller}`,
    'advertised.listeners': clients,
    'listener.security.protocol.map': 'PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,SASL_SSL:SASL_SSL',
  };
};

/** The certificate is made for the listener; SCRAM credentials are stored when the data folder is formatted. */
const saslOverTls = ({ keystore, keystorePassword, username, password }: KafkaSecurity): Properties => ({
  'ssl.keystore.type': 'PKCS12',
  'ssl.keystore.location': keystore,
  'ssl.keystore.password': keystorePassword,
  'ssl.key.password': keystorePassword,
  'sasl.enabled.mechanisms': 'PLAIN,SCRAM-SHA-256,SCRAM-SHA-512',
  'listener.name.sasl_ssl.plain.sasl.jaas.config': `${JAAS}.plain.PlainLoginModule required user_${username}="${password}";`,
  'listener.name.sasl_ssl.scram-sha-256.sasl.jaas.config': `${JAAS}.scram.ScramLoginModule required;`,
  'listener.name.sasl_ssl.scram-sha-512.sasl.jaas.config': `${JAAS}.scram.ScramLoginModule required;`,
});

const replication = (brokers: number): Properties => {
  const [factor, minInSync] = [Math.min(3, brokers), brokers >= 3 ? 2 : 1];
  return {
    'default.replication.factor': factor,
    'min.insync.replicas': minInSync,
    'offsets.topic.replication.factor': factor,
    'transaction.state.log.replication.factor': factor,
    'transaction.state.log.min.isr': minInSync,
    'share.coordinator.state.topic.replication.factor': factor,
    'share.coordinator.state.topic.min.isr': minInSync,
  };
};

/** `server.properties` of a KRaft node that is broker and controller at once. */
export const kafkaProperties = (config: KafkaNodeConfig): string => {
  const properties: Properties = {
    'process.roles': 'broker,controller',
    'node.id': config.id,
    ...listeners(config),
    ...(config.security ? saslOverTls(config.security) : {}),
    ...replication(config.nodes.length),
    'log.dirs': config.data,
    'num.network.threads': 2,
    'num.io.threads': 4,
    'auto.create.topics.enable': false,
    'offsets.topic.num.partitions': 4,
    'transaction.state.log.num.partitions': 4,
    // Allocated on the heap at the start; 128 MB by default.
    'log.cleaner.dedupe.buffer.size': 8_388_608,
    // After a kill the controller waits for the session of the dead broker before the new one may serve: 9 s by default.
    'broker.session.timeout.ms': 2_000,
    'broker.heartbeat.interval.ms': 500,
    // Leaders return to a restarted broker; 300 s by default.
    'leader.imbalance.check.interval.seconds': 10,
    'group.initial.rebalance.delay.ms': 0,
    'group.min.session.timeout.ms': 1_000,
  };
  return Object.entries(properties)
    .map(([name, value]) => `${name}=${String(value).replaceAll('\\', '\\\\')}\n`)
    .join('');
};
