import { randomUUID } from 'node:crypto';
import { eventually, httpClient } from '@baton/testing';
import { expect, it } from '@jest/globals';
import { encoded, RICH, type Edge } from './edge.js';

const GOOGLEBOT = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)';
/** Crawlers, scanners and previewers. */
const ROBOTS = [
  GOOGLEBOT,
  'Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)',
  'Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'WhatsApp/2.23.20.0',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; Apache-HttpClient +http://www.linkedin.com)',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/126.0.0.0 Safari/537.36',
  'Mozilla/5.0 (compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)',
  'Mozilla/5.0 (Linux; Android 7.0; Moto G (4)) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Mobile Safari/537.36 Chrome-Lighthouse',
];

export const robotTests = (edge: Edge): void => {
  const leads = async (): Promise<number> => (await edge.report('funnel?by=channel')).total.leads;
  const listed = async (): Promise<number> => {
    let [count, cursor]: [number, string | undefined] = [0, undefined];
    do {
      const page: any = (await edge.admin.post('/api/leads/search', { limit: 200, cursor })).body;
      count += page.items.length;
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    return count;
  };
  const touches = async (): Promise<{ bots: number; people: number }> => {
    const { groups } = await edge.report('touches?by=channel');
    const sum = (name: string) => groups.reduce((all: number, group: any) => all + Number(group[name]), 0);
    return { bots: sum('bots'), people: sum('touches') };
  };
  const state = async () => ({ leads: await leads(), listed: await listed(), ...(await touches()) });
  /** What `send` changes in the reports, when `bots` robots' touches were counted. */
  const changeBy = async (bots: number, send: () => Promise<unknown>) => {
    await edge.caughtUp();
    const before = await state();
    await send();
    await edge.caughtUp();
    return eventually(async () => {
      const after = await state();
      expect(after.bots - before.bots).toBe(bots);
      return {
        leads: after.leads - before.leads,
        listed: after.listed - before.listed,
        people: after.people - before.people,
      };
    });
  };
  const NOTHING = { leads: 0, listed: 0, people: 0 };

  it('page views of twenty crawlers are counted as robots and nowhere else', async () => {
    const send = () =>
      Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          edge.segment('page', {
            anonymousId: `bot-${randomUUID()}`,
            name: 'Home',
            context: { userAgent: ROBOTS[index % ROBOTS.length] },
          }),
        ),
      );
    expect(await changeBy(20, send)).toEqual(NOTHING);
  });

  it('what robots send themselves is theirs: events, identities, forms, links with answers', async () => {
    const send = async () => {
      for (const userAgent of ROBOTS) {
        const headers = { 'user-agent': userAgent };
        const email = edge.email('robot');
        await edge.segment('identify', { anonymousId: randomUUID(), traits: { email } }, headers);
        await edge.submit({ email, newsletter: 'on', ...RICH }, { headers });
        await httpClient(edge.local.ingestion).get(
          `/f/${edge.form}?${encoded({ email, interest: 'link' })}`,
          headers,
        );
      }
    };
    expect(await changeBy(3 * ROBOTS.length, send)).toEqual(NOTHING);
  });

  it('a field that people do not see, and a page fetched ahead, are signs of a robot', async () => {
    const traps = ['_gotcha', 'bot-field', '_honeypot'];
    const send = async () => {
      for (const trap of traps)
        await edge.submit({ email: edge.email(), ...RICH, [trap]: 'https://spam.example' });
      for (const headers of [{ 'sec-purpose': 'prefetch;prerender' }, { purpose: 'prefetch' }] as Record<
        string,
        string
      >[])
        await httpClient(edge.local.ingestion).get(
          `/f/${edge.form}?${encoded({ email: edge.email() })}`,
          headers,
        );
    };
    expect(await changeBy(traps.length + 2, send)).toEqual(NOTHING);
  });

  it('a mail scanner that follows the link of a known person changes nothing of that person', async () => {
    const email = edge.email();
    const anonymousId = randomUUID();
    await edge.segment('identify', { anonymousId, traits: { email, company: 'Engines Ltd' } });
    const before = await edge.leadOf(email);
    await edge.segment('page', { anonymousId, name: 'Pricing', context: { userAgent: GOOGLEBOT } });
    await edge.segment('identify', {
      anonymousId,
      traits: { email, company: 'Scanners Inc' },
      context: { userAgent: GOOGLEBOT },
    });
    await eventually(async () => expect(await edge.activitiesOf(email)).toHaveLength(3));
    const after = await edge.leadOf(email);
    expect([after.traits.company, after.score.engagement]).toEqual(['Engines Ltd', before.score.engagement]);
    expect((await edge.activitiesOf(email)).filter(({ bot }) => bot)).toHaveLength(2);
  });
};
