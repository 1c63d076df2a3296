import type { LocalJson } from '@baton/testing';
import { benchClient } from './drain-load.js';

const PARTITIONS = 8;

/** Creates a topic for a bare program with as many partitions as the stack's topics; returns its name. */
export const createBenchTopic = async (local: LocalJson, topic: string): Promise<string> => {
  const admin = benchClient(local).connect({ retries: 10 }).admin();
  await admin.connect();
  try {
    await admin.createTopics({ topics: [{ topic, numPartitions: PARTITIONS }] });
    return topic;
  } finally {
    await admin.disconnect();
  }
};
