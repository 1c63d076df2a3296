import { RETRY_FOREVER, type BusClient } from './bus-client.js';

/** How many messages each of these topics ever got, by name in the catalogue. For checks of what was promised. */
export const topicEnds = async (
  client: BusClient,
  topics: readonly string[],
): Promise<Record<string, number>> => {
  const admin = client.connect({ ...RETRY_FOREVER, retries: 20 }).admin();
  await admin.connect();
  try {
    const ends: Record<string, number> = {};
    for (const topic of topics) {
      const partitions = await admin.fetchTopicOffsets(client.physical(topic));
      ends[topic] = partitions.reduce((sum, { high }) => sum + Number(high), 0);
    }
    return ends;
  } finally {
    await admin.disconnect();
  }
};
