import type { Topic } from './event-contract.js';

/** Which services read which topic: provisioning makes exactly these topics. */
export const READERS: Readonly<Record<Topic, readonly string[]>> = {
  activity: ['scoring', 'reporting'],
  leads: ['routing', 'reporting'],
  handoffs: ['scoring', 'reporting'],
  definitions: ['reporting'],
};
