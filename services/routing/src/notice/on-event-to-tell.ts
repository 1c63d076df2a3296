import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { DEAL_EVENTS, HANDOFF_EVENTS, type EventContract, type HandoffEventData } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { noticesOf } from './handoff-notices.js';
import { TellEvents } from './tell-events.js';

/** Events of hand-offs and deals are told to people and endpoints. */
@Injectable()
export class OnEventToTell implements Handler {
  readonly events: readonly EventContract[] = [...HANDOFF_EVENTS, ...DEAL_EVENTS];

  constructor(private readonly tell: TellEvents) {}

  async handle(messages: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    const events = messages.map((message) => ({
      message,
      notices: message.contract.type.startsWith('handoff.')
        ? noticesOf(message.contract, message.data as HandoffEventData)
        : [],
    }));
    return this.tell.run(tx, events);
  }
}
