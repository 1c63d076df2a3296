import { randomUUID } from 'node:crypto';
import type { ActivityRecordedV1 } from '@baton/contracts';
import type { LocalJson } from '@baton/testing';
import { busClientOf } from './stack-queries.js';

/** Collects every activity on the topic, from its beginning. */
export const followActivities = async (local: LocalJson) => {
  const activities: ActivityRecordedV1[] = [];
  const consumer = busClientOf(local).connect({ retries: 5 }).consumer({ groupId: randomUUID() });
  await consumer.connect();
  await consumer.subscribe({ topic: 'activity', fromBeginning: true });
  await consumer.run({
    autoCommit: false,
    eachMessage: ({ message: { value } }) => {
      if (value) activities.push(JSON.parse(value.toString()) as ActivityRecordedV1);
      return Promise.resolve();
    },
  });
  return { activities, stop: () => consumer.disconnect() };
};
