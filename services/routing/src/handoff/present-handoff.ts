import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import { HandoffQueryStore } from './handoff-query.store.js';
import { toResponse, type HandoffResponse } from './handoff.response.js';
import type { Handoff } from './handoff.js';

/** Hand-offs as the API answers with them: with their history, and the state of their clocks at `now`. */
@Injectable()
export class PresentHandoff {
  constructor(private readonly handoffs: HandoffQueryStore) {}

  async one(handoff: Handoff, now: Instant): Promise<HandoffResponse> {
    const [response] = await this.all([handoff], now);
    return response!;
  }

  async all(handoffs: readonly Handoff[], now: Instant): Promise<HandoffResponse[]> {
    const histories = await this.handoffs.historiesOf(handoffs.map(({ id }) => id));
    return handoffs.map((handoff) => toResponse(handoff, histories.get(handoff.id) ?? [], now));
  }
}
