import { provisionTopics } from '@baton/bus';
import { describe, expect, it } from '@jest/globals';
import { connect } from 'node:net';
import { once } from 'node:events';
import pino from 'pino';
import { testKafka } from './test-kafka.js';

describe('testKafka', () => {
  it('has one broker per run and a new prefix per call', async () => {
    const [one, other] = await Promise.all([testKafka(), testKafka()]);
    expect(one.brokers).toEqual(other.brokers);
    expect(one.topicPrefix).not.toBe(other.topicPrefix);
  });

  it('has the topics under the prefix after provisioning', async () => {
    const kafka = await testKafka();
    await provisionTopics({ ...kafka, partitions: 1, log: pino({ enabled: false }) });
    await provisionTopics({ ...kafka, partitions: 1, log: pino({ enabled: false }) });
    const [host, port] = kafka.brokers[0]!.split(':');
    const socket = connect(Number(port), host);
    await once(socket, 'connect');
    socket.destroy();
  });
});
