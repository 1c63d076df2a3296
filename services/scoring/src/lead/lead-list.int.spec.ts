import { testUser } from '@baton/testing/service';
import type { HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { TestScoring } from '../scoring.example.js';
import { countQuery, searchQuery } from './lead-query.store.js';
import { LEAD_SORTS } from './lead-sort.js';

let app: TestScoring;
let manager: HttpClient;
const HOUR = 3_600_000;

const PEOPLE = [
  { name: 'José Núñez', company: 'Ingeniería Sür', email: 'jose@sur.example', campaign: 'spring', hours: 1 },
  {
    name: 'Søren Łukasz',
    company: 'Straße & Co',
    email: 'soren@strasse.example',
    campaign: 'spring',
    hours: 50,
  },
  { name: '=Ada "Quote"', company: 'Engines', email: 'ada.l@engines.example', campaign: 'autumn', hours: 2 },
];

beforeAll(async () => {
  app = await TestScoring.open();
  manager = await app.as(app.manager);
  const now = app.clock.now().getTime();
  const at = (hours: number) => ({ occurredAt: new Date(now - hours * HOUR).toISOString() });
  for (const { name, company, email, campaign, hours } of PEOPLE)
    await app.publishActivities(
      app.salesReadyForm(email, { traits: { name, company }, campaign: { name: campaign }, ...at(hours) }),
    );
  await app.publishActivities(
    app.activity({ identifiers: { anonymousId: 'device' }, channel: 'social', sourceId: 'blog', ...at(5) }),
    app.activity({ identifiers: { email: 'soren@strasse.example' }, ...at(0) }),
  );
  await app.caughtUp();
}, 120_000);
afterAll(() => app?.close());

const search = async (filter: object) => (await manager.post('/leads/search', filter)).body;
const namesOf = ({ items }: any): string[] => items.map(({ traits }: any) => traits.name ?? 'device');
const found = async (filter: object): Promise<string[]> => namesOf(await search(filter));
const [jose, soren, ada] = PEOPLE.map(({ name }) => name) as [string, string, string];

describe('the list of leads', () => {
  it.each([
    [{ text: 'NUNEZ jose' }, [jose]],
    [{ text: 'lukasz strasse' }, [soren]],
    [{ text: 'ingenieria sur' }, [jose]],
    [{ text: '@engines' }, [ada]],
    [{ text: 'ada.l@eng' }, [ada]],
    [{ text: "ada' & !x | \\" }, []],
    [{ campaign: 'spring' }, [jose, soren]],
    [{ campaign: 'spring', text: 'co' }, [soren]],
    [{ stages: ['visitor'] }, ['device']],
    [{ stages: ['visitor', 'lead', 'mql', 'sal'] }, [jose, ada, 'device', soren]],
    [{ stages: ['customer'] }, []],
    [{ channel: 'social', sourceId: 'blog' }, ['device']],
    [{ identified: false }, ['device']],
    [{ hasEmail: true, grades: ['A', 'B', 'C', 'D'] }, [jose, ada, soren]],
    [{ owner: 'nobody' }, [jose, ada, 'device', soren]],
    [{ owner: 'me' }, []],
    [{ minPoints: 10 }, [jose, ada, soren]],
    [{ maxPoints: 9, minPoints: -5 }, ['device']],
  ])('with %j has %j', async (filter, names) => {
    const result = await found(filter);
    expect(result).toEqual(names);
    expect((await manager.post('/leads/count', filter)).body).toEqual({ count: names.length, more: false });
  });

  it('is filtered by the times of the first and the last activity', async () => {
    const at = (hours: number) => new Date(app.clock.now().getTime() - hours * HOUR).toISOString();
    expect(await found({ createdFrom: at(3) })).toEqual([jose, ada]);
    expect(await found({ createdTo: at(3), createdFrom: at(100) })).toEqual(['device', soren]);
    expect(await found({ activeTo: at(3) })).toEqual(['device']);
    expect(await found({ activeFrom: at(0.5) })).toEqual([soren]);
  });

  it('is sorted by first and last activity and points, and paged in each order', async () => {
    expect(await found({ sort: 'newest' })).toEqual([jose, ada, 'device', soren]);
    expect(await found({ sort: 'activity' })).toEqual([soren, jose, ada, 'device']);
    expect((await found({ sort: 'score' })).at(-1)).toBe('device');
    for (const sort of LEAD_SORTS) {
      const names: string[] = [];
      let cursor: string | null = null;
      do {
        const page: any = await search({ sort, limit: 1, ...(cursor === null ? {} : { cursor }) });
        names.push(...namesOf(page));
        cursor = page.next;
      } while (cursor !== null);
      expect(names).toEqual(await found({ sort }));
    }
  });

  it('refuses the cursor of another order', async () => {
    const { next } = await search({ sort: 'score', limit: 1 });
    for (const sort of ['newest', 'activity'])
      expect((await manager.post('/leads/search', { sort, limit: 1, cursor: next })).status).toBe(400);
  });

  it('is exported as CSV in its order, in which nothing is a formula', async () => {
    const answer = await manager.post('/leads/export', { sort: 'newest', hasEmail: true });
    expect(answer.status).toBe(200);
    const lines = String(answer.body).trim().split('\r\n');
    expect(lines[0]).toMatch(/^id,name,.*,stage,points,grade,owner,/);
    expect(lines).toHaveLength(4);
    expect(lines[1]).toContain(`,${jose},`);
    expect(lines[2]).toContain(`,"'=Ada ""Quote""",`);
  });

  it('has a seller no lead of others, in counts and files neither', async () => {
    const seller = await app.as(testUser('Moe New', 'seller'));
    expect((await seller.post('/leads/count', {})).body).toEqual({ count: 0, more: false });
    expect(
      String((await seller.post('/leads/export', {})).body)
        .trim()
        .split('\r\n'),
    ).toHaveLength(1);
  });
});

describe('leads that are merged', () => {
  it('are one, found by the words and addresses of each, and two again after undo', async () => {
    const [one, other] = [randomUUID().slice(0, 8), randomUUID().slice(0, 8)];
    for (const word of [one, other])
      await app.publishActivities(
        app.salesReadyForm(`${word}@merged.example`, { traits: { name: `Grace ${word}` } }),
      );
    await app.caughtUp();
    const [first, second] = [
      (await search({ text: one })).items[0],
      (await search({ text: other })).items[0],
    ];
    const { leadId } = (await manager.post(`/leads/${first.id}/merges`, { leadId: second.id })).body;
    for (const text of [`${one}@merged`, `${other}@merged`, '@merged grace'])
      expect((await search({ text })).items.map(({ id }: any) => id)).toEqual([leadId]);
    const [merge] = (await manager.get(`/leads/${leadId}/merges`)).body;
    await manager.post(`/leads/${leadId}/merges/${merge.id}/undo`, {});
    expect((await search({ text: `${one}@merged` })).items.map(({ id }: any) => id)).toEqual([first.id]);
    expect((await search({ text: `${other}@merged` })).items.map(({ id }: any) => id)).toEqual([second.id]);
    expect((await search({ text: '@merged' })).items).toHaveLength(2);
  });

  it('are found by an address that an activity adds', async () => {
    const userId = randomUUID();
    const emails = [`${userId}@first.example`, `${userId}@second.example`];
    for (const email of emails)
      await app.publishActivities(app.activity({ kind: 'identify', identifiers: { userId, email } }));
    await app.caughtUp();
    const ids = await Promise.all(emails.map(async (text) => (await search({ text })).items[0].id));
    expect(new Set(ids).size).toBe(1);
  });
});

describe('with 50,000 leads', () => {
  beforeAll(async () => {
    // One transaction, because the service evaluates leads of another model, and lists them.
    await app.db.source.query(`
      insert into leads (id, version, source_id, channel, campaign, created_at, last_activity_at, has_email, has_user, identified,
        traits, traits_updated_at, tallies, model_id, funnel_id, points, fit, engagement, grade, scored_at, stage, stage_at, sales_ready,
        owner_id)
      select gen_random_uuid(), 1, 'source-' || n % 200, 'channel-' || n % 100, 'campaign-' || n % 500,
        now() - n * interval '1 minute', now() - n * interval '30 seconds', true, false, true,
        jsonb_build_object('name', 'Person ' || n), '{}', '{}', 'm', 'f', n % 1000, 0, 0, 'A', now(), 'stage-' || n % 100, now(), false,
        ('00000000-0000-4000-8000-' || lpad((n % 300)::text, 12, '0'))::uuid
      from generate_series(1, 50000) n;
      insert into lead_list
      select id, created_at, grade, stage, owner_id, source_id, channel, campaign, identified, has_email,
        to_tsvector('simple', traits->>'name')
      from leads where source_id like 'source-%';
      insert into lead_standings select id, last_activity_at, points from leads where source_id like 'source-%'`);
    await app.db.source.query('vacuum analyze leads, lead_list, lead_standings, lead_sellers, identifiers');
  }, 60_000);

  const FILTERS = [
    {},
    { text: 'person 4711' },
    { email: 'ada@engines.example' },
    { stages: ['stage-1', 'stage-2'] },
    { owner: '00000000-0000-4000-8000-000000000007' },
    { owner: 'me' },
    { minPoints: 995 },
    { campaign: 'campaign-3' },
    { sourceId: 'source-3' },
    { channel: 'channel-3' },
    { createdFrom: new Date(Date.now() - HOUR).toISOString() },
    { activeFrom: new Date(Date.now() - HOUR).toISOString() },
    { stages: ['stage-1'], text: 'pers', minPoints: 100 },
    { ids: [randomUUID()] },
  ];

  const nodesOf = async ([query, values]: [string, unknown[]]): Promise<string[]> => {
    const [{ 'QUERY PLAN': plan }] = await app.db.source.query<any>(`explain (format json) ${query}`, values);
    const nodes = (node: any): string[] => [
      `${node['Node Type']} ${node['Relation Name'] ?? ''}`.trim(),
      ...(node.Plans ?? []).flatMap(nodes),
    ];
    return nodes(plan[0].Plan);
  };

  it.each(FILTERS.flatMap((filter) => LEAD_SORTS.map((sort) => [filter, sort] as const)))(
    'no table is read whole for %j by %s',
    async (filter, sort) => {
      for (const user of [app.manager, app.seller]) {
        const nodes = await nodesOf(searchQuery(user, filter, { sort, limit: 31 }));
        expect(
          nodes.filter((node) => /^(Parallel )?Seq Scan (leads|lead_list|lead_standings)$/.test(node)),
        ).toEqual([]);
      }
    },
  );

  it.each(FILTERS.slice(1))('no table is read whole to count %j', async (filter) => {
    const nodes = await nodesOf(countQuery(app.manager, filter));
    expect(nodes.filter((node) => node.startsWith('Seq Scan lead'))).toEqual([]);
  });

  it('they are counted up to a limit', async () => {
    expect((await manager.post('/leads/count', {})).body).toEqual({ count: 10_000, more: true });
  });
});
