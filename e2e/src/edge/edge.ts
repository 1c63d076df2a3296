import { randomUUID } from 'node:crypto';
import { eventually, httpClient, type Answer, type HttpClient, type LocalJson } from '@baton/testing';
import { expect } from '@jest/globals';
import { adminClient, ingestClient } from '../api-clients.js';
import { waitUntilCaughtUp } from '../stack-queries.js';

/** Fields of a form: an object, or pairs for a name that occurs several times. */
export type Fields = Readonly<Record<string, string>> | readonly (readonly [string, string])[];

/** Answers that, with a business address and consent, are sales-ready at once: fit 42, engagement 45. */
export const RICH = {
  company: 'Engines Ltd',
  job_title: 'Head of Operations',
  employees: '250',
  interest: 'pricing',
};
export const FIT = 42;
export const ENGAGEMENT = 45;
/** A form whose name asks for nothing. */
export const PLAIN_FORM = 'ask-us';

/** The stack as its senders and its users see it. Searches wait until what was sent has arrived. */
export class Edge {
  constructor(private readonly localJson: () => LocalJson) {}

  get local(): LocalJson {
    return this.localJson();
  }
  get admin(): HttpClient {
    return adminClient(this.local);
  }
  get form(): string {
    return this.local.formId;
  }

  email(name = 'ada', domain = 'engines.example'): string {
    return `${name}.${randomUUID().slice(0, 8)}@${domain}`;
  }

  /** Creates a form of the seeded source. */
  async addForm(id: string, more: object = {}): Promise<void> {
    const created = await this.admin.post('/api/forms', { id, sourceId: 'website', name: id, ...more });
    expect([created.status, created.body]).toEqual([201, { id }]);
  }

  /** Posts an urlencoded form; as a program reads the response, unless `headers` say otherwise. */
  submit(
    fields: Fields | string,
    { form = this.form, headers = {} }: { form?: string; headers?: Record<string, string> } = {},
  ): Promise<Answer> {
    const body = typeof fields === 'string' ? fields : encoded(fields);
    return httpClient(this.local.ingestion).post(`/f/${form}`, body, {
      accept: 'application/json',
      'content-type': 'application/x-www-form-urlencoded',
      ...headers,
    });
  }

  /** Posts JSON to a form. */
  submitJson(json: object, headers: Record<string, string> = {}, form = this.form): Promise<Answer> {
    return httpClient(this.local.ingestion).post(`/f/${form}`, json, headers);
  }

  /** Posts to the Segment API with the seeded key. */
  segment(path: string, body: object | string, headers: Record<string, string> = {}): Promise<Answer> {
    return ingestClient(this.local).post(`/v1/${path}`, body, headers);
  }

  /** The one lead with an address. */
  leadOf(email: string): Promise<any> {
    return eventually(async () => {
      const found = await this.admin.post('/api/leads/search', { email });
      expect([found.status, found.body.items?.length]).toEqual([200, 1]);
      return (await this.admin.get(`/api/leads/${found.body.items[0].id}`)).body;
    });
  }

  /** The lead with an address, when `check` holds for it. */
  leadWhen(email: string, check: (lead: any) => void | Promise<void>): Promise<any> {
    return eventually(async () => {
      const lead = await this.leadOf(email);
      await check(lead);
      return lead;
    });
  }

  async rulesOf(email: string): Promise<Record<string, number>> {
    const { id } = await this.leadOf(email);
    const { body } = await this.admin.get(`/api/leads/${id}/score`);
    return Object.fromEntries(body.rules.map(({ rule, points }: any) => [rule, Math.round(points)]));
  }

  async activitiesOf(email: string): Promise<any[]> {
    const { id } = await this.leadOf(email);
    return (await this.admin.get(`/api/leads/${id}/activities`)).body.items;
  }

  async handoffsOf(leadId: string): Promise<any[]> {
    return (await this.admin.get(`/api/handoffs?leadId=${leadId}`)).body.items;
  }

  /** The lead is marketing qualified by one rich form fill, and was handed to sales once. */
  expectHandedOver(email: string): Promise<any> {
    return this.leadWhen(email, async ({ id, stage, score }) => {
      expect([email, stage, Math.round(score.fit), Math.round(score.engagement)]).toEqual([
        email,
        'mql',
        FIT,
        ENGAGEMENT,
      ]);
      expect(await this.handoffsOf(id)).toHaveLength(1);
    });
  }

  /** The lead has the points and no consent, so that sales does not hear of it. */
  async expectNotHandedOver(email: string): Promise<void> {
    const lead = await this.leadWhen(email, ({ score }) => expect(Math.round(score.fit)).toBe(FIT));
    await waitUntilCaughtUp(this.local);
    expect([email, (await this.leadOf(email)).stage]).toEqual([email, 'lead']);
    expect(await this.handoffsOf(lead.id)).toEqual([]);
  }

  async report(path: string): Promise<any> {
    const { status, body } = await this.admin.get(`/api/reports/${path}`);
    expect([path, status]).toEqual([path, 200]);
    return body;
  }

  async sourceActivity(id = 'website'): Promise<any> {
    return (await this.admin.get(`/api/sources/${id}/activity`)).body;
  }

  caughtUp(): Promise<void> {
    return waitUntilCaughtUp(this.local);
  }
}

export const encoded = (fields: Fields): string => new URLSearchParams(pairsOf(fields)).toString();

export const pairsOf = (fields: Fields): [string, string][] =>
  isPairs(fields) ? fields.map(([name, value]) => [name, value]) : Object.entries(fields);

const isPairs = (fields: Fields): fields is readonly (readonly [string, string])[] => Array.isArray(fields);
