import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import { createPartitioner } from './partitioner.js';

const theirs = kafkajs.Partitioners.DefaultPartitioner();
const ours = createPartitioner(() => undefined)();

const asked = (key: string | Buffer | null, partitions: number) => ({
  topic: 'activity',
  partitionMetadata: Array.from({ length: partitions }, (_, partitionId) => ({
    partitionId,
    partitionErrorCode: 0,
    leader: 1,
    replicas: [1],
    isr: [1],
  })),
  message: { key, value: null },
});

describe('the partition of a message', () => {
  it('is the one every other Kafka client would take for its key', () => {
    const keys = [
      '',
      'a',
      'ü',
      'lead-1',
      ...Array.from({ length: 2_000 }, (_, i) => randomBytes(i % 40)),
      ...Array.from({ length: 2_000 }, (_, i) => `${randomBytes(i % 40).toString('base64')}é`),
    ];

    for (const key of keys) expect(ours(asked(key, 1_021))).toBe(theirs(asked(key, 1_021)));
  });

  it('is any of them where there is no key', () => {
    const taken = new Set(Array.from({ length: 1_000 }, () => ours(asked(null, 4))));

    expect([...taken].sort()).toEqual([0, 1, 2, 3]);
  });
});
