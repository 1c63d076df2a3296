import type { ClassConstructor } from 'class-transformer';

/** A topic of the loop. Every contract names one; provisioning creates exactly these and their dead letters. */
export type Topic = 'activity' | 'leads' | 'handoffs' | 'definitions';

/** One event, declared once: the type, both validations, the AsyncAPI page and the topic list derive from it. */
export interface EventContract<Type extends string = string, Data extends object = any> {
  /** `<noun>.<verbed>.v<n>`; becomes `ce_type`. */
  readonly type: Type;
  readonly topic: Topic;
  /** The services that may publish it. */
  readonly producers: readonly string[];
  readonly summary: string;
  readonly data: ClassConstructor<Data>;
  /** Kafka key: events with the same key are read in the order they were written. Never an e-mail address. */
  readonly key: (data: Data) => string;
  /** The thing the event is about; becomes `ce_subject`. `ce_sequence` counts the versions of this thing. */
  readonly subject: (data: Data) => string;
  readonly example: Data;
}

/** The data an event of this contract carries. */
export type DataOf<C extends EventContract> = InstanceType<C['data']>;

export const defineEvent = <const Type extends string, Data extends object>(
  contract: EventContract<Type, Data>,
): EventContract<Type, Data> => Object.freeze(contract);
