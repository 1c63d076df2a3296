import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Answer, LocalStack } from '@baton/testing';
import { expect } from '@jest/globals';
import { ingestClient, salesReadyForm, submitForm } from './api-clients.js';
import { deadLetterReasons, query, waitUntilCaughtUp } from './stack-queries.js';

const EVENTS = 2_000;
const PER_BATCH = 20;
const FORMS = 20;
const VISITORS = 40;
const RETRY_DELAY_MS = 100;

/** Sends traffic to a stack that may be failing, and compares what was acknowledged with what the services stored. */
export class AcknowledgedTraffic {
  /** Message ids acknowledged with 200. */
  private readonly messageIds = new Set<string>();
  /** E-mail addresses of acknowledged forms; each lead is sales-ready at once. */
  private readonly salesReady = new Set<string>();

  constructor(private readonly stack: LocalStack) {}

  /** Sends 2,000 events and 20 sales-ready forms; calls `interrupt` after the first quarter. */
  async send(interrupt: () => void): Promise<void> {
    const batches = EVENTS / PER_BATCH;
    for (let i = 0; i < batches; i += 1) {
      if (i === batches / 4) interrupt();
      await this.sendBatch(`visitor-${i % VISITORS}`);
      if (i % (batches / FORMS) === 0) await this.submitSalesReadyForm();
    }
  }

  /** Submits the form of a new sales-ready lead until it is acknowledged; returns the e-mail address. */
  async submitSalesReadyForm(): Promise<string> {
    const email = `${randomUUID()}@engines.example`;
    const fields = { ...salesReadyForm(email), messageId: randomUUID() };
    await untilAcknowledged(() => submitForm(this.stack.local(), fields));
    this.salesReady.add(email);
    return email;
  }

  /** Every acknowledged event is stored once, every sales-ready lead has one hand-off, and there are no dead letters. */
  async expectExactCounts(): Promise<void> {
    await this.expectStoredOnce();
    expect(await deadLetterReasons(this.stack.local())).toEqual([]);
  }

  /** Every acknowledged event is stored once, and every sales-ready lead has one hand-off. */
  async expectStoredOnce(): Promise<void> {
    const local = this.stack.local();
    await waitUntilCaughtUp(local);
    const stored = await query<{ message_id: string }>(
      local,
      'select message_id from scoring.activities where message_id = any($1)',
      [[...this.messageIds]],
    );
    expect(stored).toHaveLength(this.messageIds.size);
    expect(new Set(stored.map((row) => row.message_id)).size).toBe(this.messageIds.size);
    const leads = await query<{ lead_id: string; handoffs: string }>(
      local,
      `select i.lead_id, (select count(*) from routing.handoffs h where h.lead_id = i.lead_id) as handoffs
       from scoring.identifiers i where i.kind = 'email' and i.value = any($1)`,
      [[...this.salesReady]],
    );
    expect(new Set(leads.map((row) => row.lead_id)).size).toBe(this.salesReady.size);
    expect(leads.filter((row) => row.handoffs !== '1')).toEqual([]);
  }

  private async sendBatch(anonymousId: string): Promise<void> {
    const batch = Array.from({ length: PER_BATCH }, () => ({
      type: 'page',
      name: 'Products',
      anonymousId,
      messageId: randomUUID(),
    }));
    await untilAcknowledged(() => ingestClient(this.stack.local()).post('/v1/batch', { batch }));
    batch.forEach((event) => this.messageIds.add(event.messageId));
  }
}

/** Repeats a request with the same ids until it is acknowledged, as the SDKs do. */
const untilAcknowledged = async (send: () => Promise<Answer>): Promise<void> => {
  for (;;) {
    const status = await send().then(
      (answer) => answer.status,
      () => 0,
    );
    if (status === 200) return;
    if (status !== 503 && status !== 0) throw new Error(`ingestion answered ${status}`);
    await delay(RETRY_DELAY_MS);
  }
};
