import type { ClassConstructor } from 'class-transformer';

/** The topics of events. Provisioning creates exactly these. */
export type Topic = 'activity' | 'leads' | 'touches' | 'handoffs' | 'definitions' | 'erasures';

/** The declaration of one event, from which its type, validation and AsyncAPI page derive. */
export interface EventContract<Type extends string = string, Data extends object = any> {
  /** `<noun>.<verbed>.v<n>`; becomes `ce_type`. */
  readonly type: Type;
  readonly topic: Topic;
  /** The services that may publish it. */
  readonly producers: readonly string[];
  readonly summary: string;
  readonly data: ClassConstructor<Data>;
  /** Kafka key: events with the same key keep their order. Never an e-mail address, because keys outlive an erasure. */
  readonly key: (data: Data) => string;
  /** Id of the entity the event is about; becomes `ce_subject`. `ce_sequence` counts the versions of this entity. */
  readonly subject: (data: Data) => string;
  readonly example: Data;
}

/** The data an event of this contract carries. */
export type DataOf<C extends EventContract> = InstanceType<C['data']>;

export const defineEvent = <const Type extends string, Data extends object>(
  contract: EventContract<Type, Data>,
): EventContract<Type, Data> => Object.freeze(contract);
