import type { Topic } from './event-contract.js';

/** Which services read which topic: provisioning makes the topics and the dead letters of exactly these. */
export const READERS: Readonly<Record<Topic, readonly string[]>> = {
  activity: ['scoring', 'reporting'],
  leads: ['routing', 'reporting'],
  handoffs: ['scoring', 'reporting'],
  definitions: ['reporting'],
};

/** Where a reader's unreadable messages of a topic end up. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dead-letter`;

/** Every dead-letter topic there is. */
export const deadLetterTopics = (): { topic: string; group: string; name: string }[] =>
  Object.entries(READERS).flatMap(([topic, groups]) =>
    groups.map((group) => ({ topic, group, name: deadLetterTopic(topic, group) })),
  );
