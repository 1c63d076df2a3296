import { eventually, httpClient, type HttpClient } from '@baton/testing';
import { TestService, testUser } from '@baton/testing/service';
import { expect } from '@jest/globals';
import { ingestion } from './ingestion.module.js';
import type { WriteKeyResponse } from './source/write-keys.http.js';

interface Created {
  readonly id: string;
  readonly writeKey: string;
}

/** For specs: two processes of ingestion on one database, and what marketing does with write keys in the first. */
export class WriteKeysExample {
  readonly http: HttpClient;
  private sources = 0;

  private constructor(
    readonly service: TestService,
    readonly other: HttpClient,
  ) {
    this.http = httpClient(service.url);
  }

  static async start(): Promise<WriteKeysExample> {
    const service = await TestService.start(ingestion);
    return new WriteKeysExample(service, httpClient((await service.startAnother()).url));
  }

  /** Signed in anew for each call: identities end after a minute. */
  marketing(): Promise<HttpClient> {
    return this.service.as(testUser('Marketing', 'marketing'));
  }

  /** A new source with its first key. */
  async newSource(): Promise<Created> {
    this.sources += 1;
    const made = await this.post('/sources', { id: `source-${this.sources}`, name: 'Source' });
    return made.body as Created;
  }

  /** The path of a new form. */
  async newForm(source: string): Promise<string> {
    await this.post('/forms', { id: `form-of-${source}`, sourceId: source, name: 'Form' });
    return `/f/form-of-${source}`;
  }

  async keysOf(source: string): Promise<WriteKeyResponse[]> {
    return (await (await this.marketing()).get(`/sources/${source}/keys`)).body as WriteKeyResponse[];
  }

  create(source: string, settings: object = {}) {
    return this.post(`/sources/${source}/keys`, { name: 'Shop', origins: [], kinds: [], ...settings });
  }

  async created(source: string, settings: object = {}): Promise<Created> {
    const made = await this.create(source, settings);
    const writeKey = expect.stringMatching(/^wk_.{32}$/);
    expect([made.status, made.body]).toEqual([201, { id: expect.any(String), writeKey }]);
    return made.body as Created;
  }

  async change(source: string, key: string, settings: object) {
    const body = { name: 'Shop', origins: [], kinds: [], ...settings };
    return (await this.marketing()).put(`/sources/${source}/keys/${key}`, body);
  }

  rotate(source: string, key: string, body: object = {}) {
    return this.post(`/sources/${source}/keys/${key}/rotate`, body);
  }

  revoke(source: string, key: string) {
    return this.post(`/sources/${source}/keys/${key}/revoke`, {});
  }

  /** A page view. */
  send(writeKey: string, headers: Record<string, string> = {}, client = this.http) {
    return client.post(`/v1/page?writeKey=${writeKey}`, JSON.stringify({ anonymousId: 'a-1' }), headers);
  }

  /** The counts of the source, once they are these. */
  async counted(source: string, counts: Record<string, number>): Promise<void> {
    await eventually(async () => {
      const activity = await (await this.marketing()).get(`/sources/${source}/activity`);
      expect(activity.body).toMatchObject(counts);
    });
  }

  private async post(path: string, body: object) {
    return (await this.marketing()).post(path, body);
  }
}
