import { outgoing } from '@baton/bus';
import { LeadStageChanged, type LeadStageChangedV1 } from '@baton/contracts';
import type { User } from '@baton/platform';
import { eventOf, eventually } from '@baton/testing';
import { TestService, testUser, type PublishedEvent } from '@baton/testing/service';
import { randomUUID } from 'node:crypto';
import { slaPolicy } from './policy/sla-policy.kind.js';
import type { Duration } from './policy/duration.js';
import { withWindows } from './policy/sla-policy.example.js';
import { routing } from './routing.module.js';

export const TRACE = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

/** Stage changes with the sequence that scoring gives them: the next one of each lead. */
export class StageChanges {
  private readonly sequences = new Map<string, number>();

  /** Sales-ready unless overridden. */
  next(overrides: Partial<LeadStageChangedV1> = {}) {
    const data = eventOf(LeadStageChanged, { leadId: randomUUID(), ...overrides });
    const sequence = (this.sequences.get(data.leadId) ?? 0) + 1;
    this.sequences.set(data.leadId, sequence);
    return outgoing(LeadStageChanged, data, sequence, { traceparent: TRACE });
  }
}

/** What scoring says after a rejection. */
export const recycled = {
  from: 'mql',
  to: 'recycled',
  reached: [],
  salesReady: false,
  cause: 'verdict',
} satisfies Partial<LeadStageChangedV1>;

const day: Duration = { amount: 24, unit: 'hours', calendar: 'elapsed' };

/** Routing with a policy of 24 hours, all of which count, on a broker and a database of its own, with sales-ready leads and users. */
export class TestRouting {
  readonly manager = testUser('Mia Manager', 'manager');
  readonly marketing = testUser('Max Marketing', 'marketing');
  private readonly stageChanges = new StageChanges();

  private constructor(readonly service: TestService) {}

  static async start(partitions = 2, environment: Record<string, string> = {}): Promise<TestRouting> {
    const app = await TestRouting.withDefaultPolicy(partitions, environment);
    await app.sign(() => undefined);
    return app;
  }

  /** With clocks that count working time. */
  static async withDefaultPolicy(
    partitions = 2,
    environment: Record<string, string> = {},
  ): Promise<TestRouting> {
    return new TestRouting(
      await TestService.start(routing, { collect: ['handoffs', 'erasures'], partitions, environment }),
    );
  }

  close(): Promise<void> {
    return this.service.close();
  }

  rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.service.database.database.rows<Row>(sql, values);
  }

  as(user: User) {
    return this.service.as(user);
  }

  async seller(name: string, settings: object = {}): Promise<User> {
    const user = testUser(name, 'seller');
    await this.put(user, settings);
    return user;
  }

  async put(user: User, settings: object = {}): Promise<void> {
    const operations = await this.as(testUser('Olga Operations', 'operations'));
    const answer = await operations.put(`/sellers/${user.id}`, { name: user.name, ...settings });
    if (answer.status !== 200) throw new Error(JSON.stringify(answer.body));
  }

  /** Signs and activates the policy of 24 hours with this change; gives its id. */
  async sign(change: (policy: any) => void): Promise<string> {
    const document = structuredClone(withWindows(slaPolicy.default, day));
    change(document);
    const marketing = await this.as(this.marketing);
    const drafted = await marketing.post('/definitions/sla-policy', { document, note: 'for a spec' });
    const { id } = drafted.body as { id: string };
    await marketing.post(`/definitions/${id}/sign`, {});
    const signed = await (await this.as(this.manager)).post(`/definitions/${id}/sign`, {});
    if ((signed.body as { state: string }).state !== 'active') throw new Error(JSON.stringify(signed.body));
    return id;
  }

  /** Publishes a stage change of each of so many new leads, or of one given lead. Gives the lead ids. */
  async leads(count: number, overrides: Partial<LeadStageChangedV1> = {}): Promise<string[]> {
    const changedAt = this.service.clock.now().toISOString();
    const changes = Array.from({ length: count }, () => this.stageChanges.next({ changedAt, ...overrides }));
    await this.service.publish(...changes);
    return changes.map(({ data }) => data.leadId);
  }

  /** The newest hand-off of a lead. */
  async handoffOf(leadId: string): Promise<any> {
    const answer = await (await this.as(this.manager)).get(`/handoffs?leadId=${leadId}`);
    return (answer.body as { items: unknown[] }).items[0];
  }

  async handoff(id: string): Promise<any> {
    return (await (await this.as(this.manager)).get(`/handoffs/${id}`)).body;
  }

  /** The first hand-off of a new sales-ready lead. */
  async newHandoff(): Promise<any> {
    const [leadId] = await this.leads(1);
    return eventually(async () => {
      const handoff: unknown = await this.handoffOf(leadId!);
      if (!handoff) throw new Error('no hand-off yet');
      return handoff;
    });
  }

  /** The events published about a hand-off. */
  eventsOf(handoffId: string): PublishedEvent[] {
    return this.service.publishedAbout(handoffId);
  }

  /** The types of these events, without prefix and version. */
  typesOf(handoffId: string): string[] {
    return this.eventsOf(handoffId).map(({ type }) => type.replace(/^handoff\.(.*)\.v1$/, '$1'));
  }

  caughtUp(): Promise<void> {
    return this.service.caughtUp();
  }
}
