import type { Topic } from './event-contract.js';

/** Which services read which topic: provisioning makes exactly these topics. */
export const READERS: Readonly<Record<Topic, readonly string[]>> = {
  activity: ['scoring', 'reporting'],
  leads: ['routing', 'reporting'],
  touches: ['reporting'],
  handoffs: ['scoring', 'reporting', 'routing'],
  definitions: ['reporting'],
  erasures: ['scoring', 'routing', 'reporting', 'ingestion'],
};
