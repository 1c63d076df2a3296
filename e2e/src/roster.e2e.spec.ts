import { randomUUID } from 'node:crypto';
import { eventually, sharedStack, type HttpClient, type SharedStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, salesReadyForm, submitForm } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { heading, PASSWORD } from './people-pages.js';
import { signIn } from './signed-in.js';

/** Of this spec alone: other specs use the same stack. */
const RUN = randomUUID().slice(0, 8);
const TEAM = `Team ${RUN}`;
const COMPANY = `Roster ${RUN} Ltd`;
const ZONE = `Zone ${RUN}`;
const RULE = `Leads of ${RUN}`;
const DAY = 86_400_000;

interface Seller {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

let stack: SharedStack;
let browser: Browser;
let admin: HttpClient;
let manager: Page;
let consoleErrors: string[];
let sellers: Seller[];

const newSeller = async (name: string): Promise<Seller> => {
  const email = `${randomUUID()}@sellers.example`;
  const made = await admin.post('/api/users', { email, name, role: 'seller', password: PASSWORD });
  expect(made.status).toBe(201);
  const { id } = made.body as { id: string };
  const put = await admin.put(`/api/sellers/${id}`, { name, team: TEAM, territories: [ZONE], maxOpen: 20 });
  expect(put.status).toBe(200);
  return { id, name, email };
};

beforeAll(async () => {
  stack = await sharedStack();
  browser = await launchChromium();
  admin = adminClient(stack.local());
  const shifts = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]);
  const calendar = { name: `Shop ${RUN}`, timeZone: 'UTC', hours: Object.fromEntries(shifts) as object };
  const { body } = await admin.post('/api/calendars', calendar);
  const team = { name: TEAM, managers: [], calendarId: (body as { id: string }).id };
  expect((await admin.post('/api/teams', team)).status).toBe(200);
  sellers = [await newSeller(`Ann ${RUN}`), await newSeller(`Bob ${RUN}`)];
  ({ page: manager, consoleErrors } = await signIn(browser, stack.local(), 'manager'));
}, 240_000);

afterAll(() => browser?.close(), 60_000);

interface Offer {
  readonly id: string;
  readonly seller: { readonly id: string; readonly name: string };
  readonly clocks: { readonly name: string; readonly dueAt: string }[];
}

const handoff = async (id: string): Promise<Offer> => (await admin.get(`/api/handoffs/${id}`)).body as Offer;

/** A lead of our company, once it is offered. */
const newOffer = async (): Promise<Offer> => {
  const email = `${randomUUID()}@engines.example`;
  await submitForm(stack.local(), salesReadyForm(email, { company: COMPANY }));
  return eventually(async () => {
    const leads = await admin.post('/api/leads/search', { email });
    const found = await admin.get(`/api/handoffs?leadId=${leads.body.items[0].id}`);
    expect(found.body.items[0].state).toBe('offered');
    return handoff(found.body.items[0].id as string);
  });
};

const row = (page: Page, name: string): Locator =>
  page.getByRole('region', { name: TEAM }).getByRole('listitem').filter({ hasText: name }).first();
const dialog = (): Locator => manager.getByRole('dialog');
const save = async (): Promise<void> => {
  await dialog().getByRole('button', { name: 'Save', exact: true }).click();
  await dialog().waitFor({ state: 'detached' });
};

/** Saves the open draft, and signs it as both teams. `words`: of what changes. */
const signDraft = async (note: string, words: string): Promise<void> => {
  await manager.getByLabel('Why this change?').fill(note);
  await manager.getByRole('button', { name: 'Save the draft' }).click();
  await manager.waitForURL(/definitions\/[a-z-]+-\d+$/);
  await manager.getByText(words).first().waitFor();
  await manager.getByRole('button', { name: 'Sign for sales' }).click();
  await manager.getByText('It holds as soon as the other team signs too.').waitFor();
  const { page: marketing } = await signIn(browser, stack.local(), 'marketing');
  await marketing.goto(manager.url());
  await marketing.getByRole('button', { name: 'Sign for marketing' }).click();
  await marketing.getByText('It is in force now.').waitFor();
  await marketing.context().close();
};

describe('routing rules', () => {
  it('are drafted in a form with territories, tried on one lead, and signed by both teams', async () => {
    await manager.goto(`${stack.local().gateway}/definitions/new/routing-rules`);
    await manager.getByRole('button', { name: 'Add a rule' }).click();
    const rule = manager.getByRole('group', { name: /^\d+\. Rule/ }).last();
    await rule.getByLabel('Name').fill(RULE);
    const ours = manager.getByRole('group', { name: new RegExp(RULE) });
    await ours.getByLabel(`Fact of a condition of ${RULE}`).selectOption('company');
    await ours.getByLabel('Value of company').fill(COMPANY);
    await ours.getByLabel('A lead where this holds goes to').selectOption('territory');
    await ours.getByLabel(`Team of ${RULE}`).fill(TEAM);

    await manager.getByRole('button', { name: 'Add a territory' }).click();
    const zone = manager.getByRole('region', { name: 'Territories' }).getByRole('group').last();
    await zone.getByLabel('Name, as in the roster').fill(ZONE);
    await zone.getByLabel(/^Fact of/).selectOption('company');
    await zone.getByLabel('Value of company').fill(COMPANY);

    const preview = manager.getByRole('region', { name: 'Who would get a lead?' });
    await preview.getByLabel('Company').fill(COMPANY);
    await preview.getByRole('button', { name: 'Who would get it?' }).click();
    await preview.getByText(`By the rule “${RULE}”`).waitFor();
    for (const { name } of sellers) await preview.getByRole('cell', { name }).waitFor();
    await preview.getByRole('cell', { name: 'would get it' }).waitFor();
    expect(await barriersOf(manager)).toEqual([]);

    await signDraft('Our company gets a team of its own.', `Territory ${ZONE} has the leads where`);
    const offer = await newOffer();
    expect(sellers.map(({ id }) => id)).toContain(offer.seller.id);
  });
});

describe('the roster', () => {
  let away: Seller;
  let other: Seller;
  let offer: Offer;

  it('shows who is in rotation, and for what', async () => {
    await manager.getByRole('link', { name: 'Roster' }).click();
    await heading(manager, 'Roster').waitFor();
    await row(manager, sellers[0]!.name).getByText('In rotation').waitFor();
    await row(manager, sellers[0]!.name).getByText('Mon–Sun 00:00–24:00, UTC').waitFor();
    await row(manager, sellers[0]!.name).getByText(ZONE).waitFor();
    await manager.getByRole('searchbox', { name: 'Search sellers' }).fill(`bob ${RUN}`);
    await row(manager, sellers[0]!.name).waitFor({ state: 'detached' });
    await manager.getByRole('searchbox', { name: 'Search sellers' }).fill('nobody at all');
    await manager.getByText('Nobody fits').waitFor();
    await manager.getByRole('searchbox', { name: 'Search sellers' }).fill('');
    expect(await barriersOf(manager)).toEqual([]);
  });

  it('moves the offers of a seller with an absence', async () => {
    offer = await newOffer();
    [away, other] =
      offer.seller.id === sellers[0]!.id ? [sellers[0]!, sellers[1]!] : [sellers[1]!, sellers[0]!];
    await manager.getByRole('button', { name: `Add an absence of ${away.name}` }).click();
    await dialog().getByText('offers without a decision go to somebody else').waitFor();
    await dialog().getByLabel('Last day').fill('2000-01-01');
    await dialog().getByText('Not before the first day').waitFor();
    expect(await barriersOf(manager)).toEqual([]);
    await dialog()
      .getByLabel('Last day')
      .fill(new Date(Date.now() + 3 * DAY).toISOString().slice(0, 10));
    await save();
    await row(manager, away.name).getByText('Away', { exact: true }).first().waitFor();
    await eventually(async () => expect((await handoff(offer.id)).seller.id).toBe(other.id));
  });

  it('keeps what a change of an absence leaves out, and names the deputy', async () => {
    await row(manager, away.name)
      .getByRole('button', { name: /^Change the absence/ })
      .click();
    await dialog().getByRole('combobox', { name: 'Deputy' }).click();
    await manager.getByRole('option', { name: other.name }).click();
    await save();
    await row(manager, away.name).getByText(`deputy ${other.name}`).waitFor();
    const { body } = await admin.get(`/api/sellers/${away.id}`);
    expect(body).toMatchObject({ territories: [ZONE], maxOpen: 20, absences: [{ deputyId: other.id }] });
  });

  it('answers the seller who lost the lead: why not me?', async () => {
    const { page, consoleErrors: errors } = await signIn(browser, stack.local(), {
      email: away.email,
      password: PASSWORD,
    });
    await page.goto(`${stack.local().gateway}/inbox/${offer.id}`);
    await page.getByRole('button', { name: 'Why this seller?' }).click();
    await page.getByText(`Why not me? ${away.name} is away.`).waitFor();
    await page
      .getByRole('table', { name: 'Sellers who were considered' })
      .getByRole('row', { name: new RegExp(`${other.name}.*got the lead`) })
      .waitFor();
    expect(await barriersOf(page)).toEqual([]);

    // A seller reads the roster, and changes only when they are away themselves.
    await page.goto(`${stack.local().gateway}/roster`);
    await row(page, away.name).getByText('(you)').waitFor();
    await page.getByRole('region', { name: 'Calendars' }).waitFor();
    const own = new RegExp(`^(Add an absence|Change the absence|End now: the absence) of ${away.name}`);
    expect(await page.getByRole('button', { name: own }).count()).toBe(3);
    expect(
      await page.getByRole('button', { name: /Change|Add an absence|End now|New calendar/ }).count(),
    ).toBe(3);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: `Add an absence of ${away.name}` }).click();
    const [first, last] = [30, 31].map((days) =>
      new Date(Date.now() + days * DAY).toISOString().slice(0, 10),
    );
    await page.getByRole('dialog').getByLabel('First day').fill(first!);
    await page.getByRole('dialog').getByLabel('Last day').fill(last!);
    await page.getByRole('dialog').getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await row(page, away.name)
      .getByRole('button', { name: /^Remove/ })
      .click();
    await row(page, away.name)
      .getByRole('button', { name: /^Remove/ })
      .waitFor({ state: 'detached' });
    expect(errors).toEqual([]);
    await page.context().close();
  });

  it('ends an absence, and changes capacity, skills and languages', async () => {
    await row(manager, away.name)
      .getByRole('button', { name: /^End now/ })
      .click();
    await row(manager, away.name).getByText('In rotation').waitFor();
    await manager.getByRole('button', { name: `Change ${other.name}` }).click();
    await dialog().getByLabel('Open at a time').fill('1');
    await dialog().getByRole('combobox', { name: 'Skills' }).fill('banking');
    await manager.keyboard.press('Enter');
    expect(await barriersOf(manager)).toEqual([]);
    await save();
    await row(manager, other.name).getByText('At a limit').waitFor();
    await row(manager, other.name).getByText('banking').waitFor();
    const { body } = await admin.get(`/api/sellers/${other.id}`);
    expect(body).toMatchObject({ maxOpen: 1, maxPerDay: null, skills: ['banking'], territories: [ZONE] });
  });

  it('moves a clock with a holiday, after a preview of it', async () => {
    const dueAt = async (): Promise<string> =>
      (await handoff(offer.id)).clocks.findLast(({ name }) => name === 'accept')!.dueAt;
    const before = await dueAt();
    await manager.getByRole('button', { name: `Change the calendar Shop ${RUN}` }).click();
    await dialog().getByLabel('Date of a holiday').fill(before.slice(0, 10));
    await dialog().getByRole('button', { name: 'Add the holiday' }).click();
    await dialog().getByLabel('Monday').fill('9-25');
    await dialog().getByText('Write 9–12:30, 13:30–17').waitFor();
    expect(await dialog().getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await dialog().getByLabel('Monday').fill('0-24');
    await dialog().getByRole('button', { name: 'Which clocks would move?' }).click();
    await dialog()
      .getByRole('table', { name: 'Clocks that would move' })
      .getByRole('row', { name: new RegExp(`${other.name}.*Accept`) })
      .first()
      .waitFor();
    expect(await dueAt()).toBe(before);
    expect(await barriersOf(manager)).toEqual([]);
    await save();
    await eventually(async () => expect(Date.parse(await dueAt())).toBeGreaterThan(Date.parse(before)));
    const { body } = await admin.get(`/api/handoffs/${offer.id}`);
    expect(body.history.map(({ type }: { type: string }) => type)).toContain('retimed');
  });

  it('has a seller out of rotation who did not answer, by a policy that both teams signed', async () => {
    await manager.goto(`${stack.local().gateway}/definitions/new/sla-policy`);
    const clock = manager.getByRole('group', { name: 'From the offer to a decision' });
    await clock.getByLabel('Within').fill('3');
    await clock.getByLabel('Unit').selectOption('seconds');
    await clock.getByLabel('Counted').selectOption('of all time');
    await clock.getByLabel('Then').last().selectOption('offer the seller nothing until they answer');
    expect(await barriersOf(manager)).toEqual([]);
    await signDraft('Silent sellers get no more.', 'the seller is offered no other lead until they answer');
    const { seller } = await newOffer();
    const silent = sellers.find(({ id }) => id === seller.id)!;
    await manager.goto(`${stack.local().gateway}/roster`);
    await row(manager, silent.name).getByText('Did not answer', { exact: true }).waitFor();

    const { page, consoleErrors: errors } = await signIn(browser, stack.local(), {
      email: silent.email,
      password: PASSWORD,
    });
    await page.goto(`${stack.local().gateway}/inbox`);
    await page.getByText('No new leads are offered to you').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'I am back' }).click();
    await page.getByText('No new leads are offered to you').waitFor({ state: 'detached' });
    // The roster of somebody else knows it within a minute.
    await manager.reload();
    await row(manager, silent.name).getByText('In rotation', { exact: true }).waitFor();
    expect(errors).toEqual([]);
    await page.context().close();

    // Other specs of this stack have the policy of a new installation.
    await manager.goto(`${stack.local().gateway}/definitions/new/sla-policy?from=sla-policy-1`);
    await signDraft('As it was.', 'the lead goes to the next seller');
  });

  it('has no error in its console', () => expect(consoleErrors).toEqual([]));
});
