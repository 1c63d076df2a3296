import { READERS, type EventContract, type Topic } from '@baton/contracts';
import type { Handler } from './handler.js';

/**
 * A named set of handlers that reads its topics with progress of its own: a consumer group, positions and sequences. Adding a
 * reader reads the topics from their beginning while the others stay live.
 */
export interface Reader {
  /** Unique within the service, kebab-case. */
  readonly name: string;
  /** Raised when its tables must be built anew from the log: a reader with `tables` is then rebuilt by itself. Default 1. */
  readonly version?: number;
  readonly handlers: readonly Handler[];
  /**
   * The tables its handlers write, if they are nothing but a function of the events: such a reader can be rebuilt. Statements
   * name them without a schema; during a rebuild the same statements write to copies in another schema.
   */
  readonly tables?: readonly string[];
  /**
   * What to do with an event that this build does not know: its type, the version of its type, or a required enum value.
   * `ignore` (default): passed by and counted. `stop`: for readers whose decisions would be wrong without it; they wait for the
   * build that knows it.
   */
  readonly unknownEvents?: 'ignore' | 'stop';
  /** Passes events about leads by that the service erased; it has the table `erased_leads`. */
  readonly passesErasedBy?: boolean;
}

/**
 * The topics of a reader's handlers.
 * @throws Error for a handler of several topics, and for a topic the service is not declared to read
 */
export const topicsOf = (service: string, { name, handlers }: Reader): Topic[] => [
  ...new Set(
    handlers.map((handler) => {
      const [topic, another] = new Set(handler.events.map((contract) => contract.topic));
      if (!topic || another)
        throw new Error(`${handler.constructor.name} must handle events of exactly one topic`);
      if (!READERS[topic].includes(service))
        throw new Error(`${service}/${name} reads ${topic}: add it to READERS in libs/contracts`);
      return topic;
    }),
  ),
];

/** The contracts a reader wants, by event type. */
export const wantedBy = ({ handlers }: Reader): ReadonlyMap<string, EventContract> =>
  new Map(handlers.flatMap(({ events }) => events).map((contract) => [contract.type, contract]));
