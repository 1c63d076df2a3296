import { catalogue, ContractViolation, decode, type EventContract } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import { envelopeOf, Unreadable } from './cloud-event.js';
import type { RecordPosition, Received } from './message.js';

/** What a message of the log turned out to be. */
export type Reading =
  | { readonly kind: 'event'; readonly event: Received }
  | { readonly kind: 'passed-by' }
  | { readonly kind: 'dead'; readonly reason: string };

const nounAndVerb = (type: string): string => type.replace(/\.v\d+$/, '');
const KNOWN = new Set(catalogue.map((contract) => nounAndVerb(contract.type)));

/**
 * Decodes and validates one message for a reader of `wanted`. A well-formed event this reader does not want, or a version
 * of a known event it does not know, passes by; anything else that cannot be read is dead, with the reason.
 */
export const read = (
  message: KafkaMessage,
  place: RecordPosition,
  wanted: ReadonlyMap<string, EventContract>,
): Reading => {
  try {
    const { data, ...envelope } = envelopeOf(message.value, message.headers);
    const contract = wanted.get(envelope.type);
    if (contract) {
      const decoded = decode(contract, data);
      // An enum value that a newer producer sends; the reader is upgraded first or does without the event.
      if (decoded.kind === 'not-understood') return { kind: 'passed-by' };
      return {
        kind: 'event',
        event: { ...envelope, contract, position: place, data: decoded.data as object },
      };
    }
    if (KNOWN.has(nounAndVerb(envelope.type))) return { kind: 'passed-by' };
    return { kind: 'dead', reason: `nobody knows the event type ${envelope.type}` };
  } catch (fault) {
    if (fault instanceof Unreadable || fault instanceof ContractViolation)
      return { kind: 'dead', reason: fault.message };
    throw fault;
  }
};
