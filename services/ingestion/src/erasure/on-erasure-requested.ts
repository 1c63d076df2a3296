import {
  deleteMentioning,
  eraseDeadLetters,
  erasePersons,
  mentionsAnyOf,
  type Handler,
  type Outgoing,
  type Received,
  type Transaction,
} from '@baton/bus';
import { LeadErasureRequested, type ErasedRows, type LeadErasureRequestedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { keepErasedIdentifiers } from './erased-identifiers.store.js';

/** Where what was received is kept to be looked at, and the text that may name a person. */
const PLACES: readonly (readonly [table: string, texts: readonly string[]])[] = [
  ['received_requests', ['entries::text', 'detail']],
  ['refused_messages', ['message', 'detail']],
];

/** A person is erased: what was received from them, and is kept to be looked at or to be published later, goes. */
@Injectable()
export class OnErasureRequested implements Handler {
  readonly events = [LeadErasureRequested];

  constructor(private readonly clock: Clock) {}

  handle(
    messages: readonly Received<LeadErasureRequestedV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    return erasePersons(tx, messages, 'ingestion', this.clock.now(), async ({ data }) => {
      await keepErasedIdentifiers(tx, data);
      return { rows: await erase(tx, data) };
    });
  }
}

const erase = async (
  tx: Transaction,
  { identifierHashes, personalHashes = identifierHashes }: LeadErasureRequestedV1,
): Promise<ErasedRows[]> => {
  const mentions = mentionsAnyOf(identifierHashes);
  const erased: ErasedRows[] = [];
  for (const [place, texts] of PLACES) {
    let count = 0;
    for (const text of texts) count += await deleteMentioning(tx, place, text, mentions);
    erased.push({ place, count });
  }
  // Held events are still to be counted: those of others with the same phone or mailbox stay.
  const held = await deleteMentioning(tx, 'held_events', 'activity', mentionsAnyOf(personalHashes));
  const letters = await eraseDeadLetters(tx, mentions);
  return [...erased, { place: 'held_events', count: held }, { place: 'dead_letters', count: letters }];
};
