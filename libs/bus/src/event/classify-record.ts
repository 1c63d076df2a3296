import { catalogue, ContractViolation, decode, type EventContract } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import { envelopeOf, typeInHeader, Unreadable } from './cloud-event.js';
import type { Received, RecordPosition } from './message.js';

/**
 * What a record is to a reader. `ignored`: an event of the catalogue that it does not want. `unknown-type`: a type, or a
 * version of a type, that this build does not know yet. `not-understood`: a wanted event with an enum value of a newer producer.
 */
export type Classified =
  | { readonly kind: 'event'; readonly event: Received }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'unknown-type'; readonly type: string }
  | { readonly kind: 'not-understood'; readonly type: string; readonly detail: string }
  | { readonly kind: 'dead'; readonly reason: string };

const KNOWN_TYPES = new Set(catalogue.map((contract) => contract.type));

/** Decodes and validates one record for a reader of `wanted`. A type that is not wanted is recognised by its header alone. */
export const classifyRecord = (
  message: Pick<KafkaMessage, 'value' | 'headers'>,
  position: RecordPosition,
  wanted: ReadonlyMap<string, EventContract>,
): Classified => {
  const inHeader = typeInHeader(message.headers);
  if (inHeader !== undefined && !wanted.has(inHeader)) return unwanted(inHeader);
  try {
    const { data, ...envelope } = envelopeOf(message.value, message.headers);
    const contract = wanted.get(envelope.type);
    if (!contract) return unwanted(envelope.type);
    const decoded = decode(contract, data);
    if (decoded.kind === 'not-understood')
      return { kind: 'not-understood', type: envelope.type, detail: `${decoded.pointer} ${decoded.detail}` };
    return { kind: 'event', event: { ...envelope, contract, position, data: decoded.data as object } };
  } catch (fault) {
    if (fault instanceof Unreadable || fault instanceof ContractViolation)
      return { kind: 'dead', reason: fault.message };
    throw fault;
  }
};

const unwanted = (type: string): Classified =>
  KNOWN_TYPES.has(type) ? { kind: 'ignored' } : { kind: 'unknown-type', type };
