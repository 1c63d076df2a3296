import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { eventually, startStack, type LocalStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient, salesReadyForm, submitForm } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { signIn } from './signed-in.js';

let stack: LocalStack;
let browser: Browser;
let leadId: string;

beforeAll(async () => {
  stack = await startStack();
  browser = await launchChromium();
  const email = `${randomUUID()}@engines.example`;
  await submitForm(stack.local(), salesReadyForm(email));
  leadId = await eventually(
    async () => {
      const { body } = await adminClient(stack.local()).post('/api/leads/search', { email });
      const [lead] = (body as { items: { id: string }[] }).items;
      expect(lead).toBeDefined();
      return lead!.id;
    },
    { within: 30_000 },
  );
}, 240_000);

afterAll(async () => {
  await browser?.close();
  await stack?.stop();
}, 60_000);

describe('a lead', () => {
  it('has its points as sentences, a curve, and its score at a past date', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/leads/${leadId}`);
    await page.getByText('Point by point').click();
    await page.getByText(/^\+30 asked for pricing or a demo, just now, drops out in/).waitFor();
    await page.locator('canvas').waitFor();
    await page.getByText(/^From 0 points on .* highest \d+ on/).waitFor();
    await page.getByLabel('As of the end of').fill('2026-01-05');
    await page.getByText('0 points, not a lead yet').waitFor();
    await page.getByRole('button', { name: 'Now', exact: true }).click();
    const changes = page.getByRole('list', { name: 'Changes of stage, newest first' });
    await changes.getByText(/→ Marketing qualified/).waitFor();
    await changes.getByText(/^Marketing qualified: /).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });
});

describe('the list of leads', () => {
  it('is searched without accents, filtered, kept in the address, saved as a view and as a file', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    const word = randomUUID().slice(0, 8);
    const other = randomUUID().slice(0, 8);
    const form = (name: string, company: string) =>
      submitForm(stack.local(), salesReadyForm(`${randomUUID()}@looms.example`, { name, company }));
    await form('José Núñez', `Ingeniería ${word}`);
    await form('Ada King', `Engines ${other}`);
    const rows = page.getByRole('list', { name: 'Leads found' }).getByRole('link');
    const onlyRow = async (name: string) => {
      await page.getByText('1 lead', { exact: true }).waitFor();
      await rows.filter({ hasText: name }).waitFor();
      expect(await rows.count()).toBe(1);
    };
    await eventually(
      async () => {
        const search = async (text: string) =>
          (await adminClient(stack.local()).post('/api/leads/count', { text })).body;
        expect([await search(word), await search(other)]).toMatchObject([{ count: 1 }, { count: 1 }]);
      },
      { within: 30_000 },
    );

    await page.goto(`${stack.local().gateway}/leads`);
    const search = page.getByLabel('Search by name, company or e-mail');
    await search.fill(`NUNEZ ingenieria ${word}`);
    await onlyRow('José Núñez');
    await page.getByRole('button', { name: 'Filters', exact: true }).click();
    await page.getByLabel('Campaign', { exact: true }).fill('spring-launch');
    await page.getByLabel('Campaign', { exact: true }).press('Enter');
    await page.getByLabel('Points from').fill('1');
    await page.getByLabel('Points from').press('Enter');
    await page.getByRole('button', { name: 'Remove the filter Campaign: spring-launch' }).waitFor();
    await onlyRow('José Núñez');
    await page.getByRole('checkbox', { name: 'D', exact: true }).check();
    await page.getByText('Nobody found').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Remove the filter Grade: D' }).click();
    await onlyRow('José Núñez');
    expect(await barriersOf(page)).toEqual([]);

    await page.reload();
    await onlyRow('José Núñez');
    expect(await search.inputValue()).toBe(`NUNEZ ingenieria ${word}`);
    expect(page.url()).toContain('?minPoints=1&campaign=spring-launch#q=NUNEZ');

    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(`Spring ${word}`);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: `Spring ${word}` }).waitFor();
    await page.goto(`${stack.local().gateway}/leads`);
    await page.getByRole('button', { name: 'Views' }).click();
    await page.getByRole('menuitem', { name: `Spring ${word}` }).click();
    await page.getByRole('button', { name: 'Remove the filter Points: 1 or more' }).waitFor();
    await search.fill(other);
    await onlyRow('Ada King');

    const file = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    const lines = readFileSync(await (await file).path(), 'utf8')
      .trim()
      .split(/\r?\n/);
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain(`Engines ${other}`);

    await page.getByRole('button', { name: `Spring ${word}` }).click();
    await page.getByRole('menuitem', { name: 'Rename or share…' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill(`Shared ${word}`);
    await page.getByLabel('Share it with everybody').check();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: `Shared ${word}` }).click();
    await page.getByRole('menuitem', { name: 'Delete…' }).click();
    await page.getByRole('button', { name: 'Delete', exact: true }).click();
    await page.getByRole('button', { name: 'Views' }).waitFor();
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });
});

describe('an account', () => {
  it('is found in its list, has its people, and is linked from its leads and to them', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'manager');
    const link = page.getByRole('link', { name: 'engines.example', exact: true });
    await eventually(
      async () => {
        await page.goto(`${stack.local().gateway}/accounts`);
        await page.getByRole('link', { name: /engines\.example/ }).waitFor({ timeout: 2_000 });
      },
      { within: 30_000 },
    );
    expect(await barriersOf(page)).toEqual([]);
    await page.getByLabel('Search by name or domain').fill('nothing like it');
    await page.getByText('No account found').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.goto(`${stack.local().gateway}/leads/${leadId}`);
    await link.click();
    // Also on the way back: what rules about the account read.
    await page.goBack();
    await page.getByText(/^Account .*: 1 person, 1 engaged/).waitFor();
    await page.goForward();
    await page.getByRole('list', { name: 'People of the account' }).getByRole('link').first().waitFor();
    await page.getByText('1 engaged').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Its leads, newest first' }).click();
    await page.getByText('Leads of').waitFor();
    await page.getByRole('list', { name: 'Leads found' }).getByRole('link').first().waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await link.click();
    await page.getByRole('heading', { name: 'People' }).waitFor();
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });
});

describe('a new scoring model', () => {
  it('is edited in a form, tried on recent leads, refused at its field, and told in words', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/definitions/new/scoring-model`);
    const rule = page.getByRole('group', { name: 'filled in a form', exact: true });
    await rule.getByLabel('Points').fill('1');
    await page.getByRole('button', { name: 'Try it on recent leads' }).click();
    await page.getByText(/^Of \d+ leads?\b/).waitFor({ timeout: 30_000 });
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);

    await rule.getByLabel('Points').fill('0');
    await page.getByLabel('Why this change?').fill('forms count less');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await rule.getByText(/must not be 0/).waitFor();
    await rule.getByLabel('Points').fill('1');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByText(/^“filled in a form” \+\d+ → \+1$/).waitFor();
    await page.context().close();
  });

  it('has conditions in groups, edited by the keyboard, told in words, refused at their fields', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/definitions/new/scoring-model`);
    const rule = page.getByRole('group', { name: 'filled in a form', exact: true });
    const name = 'filled in a form';
    const focused = () => page.evaluate<string>("document.activeElement.getAttribute('aria-label')");
    await rule.getByRole('button', { name: `Add a group to ${name}` }).press('Enter');
    expect(await focused()).toBe(`How the conditions of group 2 of ${name} are joined`);
    const group = rule.getByRole('group', { name: `Group 2 of ${name}`, exact: true });
    await group.getByLabel('Value of name').first().fill('Demo request');
    await group.getByRole('checkbox', { name: `not: group 2 of ${name}` }).press('Space');
    await group.getByRole('button', { name: `Add a group to group 2 of ${name}` }).press('Enter');
    const inner = group.getByRole('group', { name: `Group 2.3 of ${name}`, exact: true });
    await inner.getByRole('button', { name: 'Remove the condition of name' }).first().press('Enter');
    await inner.waitFor({ state: 'detached' });
    expect(await focused()).toBe(`Add a condition to group 2 of ${name}`);
    await group.getByRole('button', { name: 'Remove the condition of name' }).last().press('Enter');
    expect(await focused()).toBe(`Add a condition to group 2 of ${name}`);
    await rule
      .getByText(/^In words: kind is “form” and not \(name is “Demo request” or name is “”\)$/)
      .waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);

    await page.getByLabel('Why this change?').fill('no demos');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const empty = group.getByLabel('Value of name').last();
    await eventually(async () => expect(await empty.getAttribute('aria-invalid')).toBe('true'));
    await group
      .getByText(/\bmust\b/)
      .first()
      .waitFor();
    await empty.fill('Contact');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page
      .getByText(/kind is “form” and not \(name is “Demo request” or name is “Contact”\)/)
      .first()
      .waitFor();
    await page.context().close();
  });

  it('is replayed in the model lab', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'manager');
    await page.goto(`${stack.local().gateway}/model-lab`);
    await page.getByRole('button', { name: 'Replay' }).click();
    await page.getByRole('row', { name: /^Hand-offs \d+ \d+/ }).waitFor({ timeout: 30_000 });
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });
});

describe('a new funnel', () => {
  it('has rules for leads given back and signals in sentences, refused at their fields', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/definitions/new/funnel`);
    const rule = page.getByRole('group', {
      name: /^A rejected lead \(Not now\) rests for 90 days, at most 4 times/,
    });
    await rule.getByLabel('Days of rest').fill('45');
    const changed = page.getByRole('group', { name: /^A rejected lead \(Not now\) rests for 45 days/ });
    await changed.getByLabel('What becomes of it').selectOption('disqualified');
    await page
      .getByRole('group', { name: 'A rejected lead (Not now) is disqualified until a person reopens it' })
      .waitFor();
    await page.getByRole('button', { name: 'Add a signal' }).click();
    const signal = page.getByRole('group', { name: 'New signal', exact: true });
    await signal.getByLabel('What marketing reads').fill('');
    expect(await barriersOf(page)).toEqual([]);
    await page.getByLabel('Why this change?').fill('not now is never');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    const nameless = page.getByRole('region', { name: 'Signals to marketing' }).getByRole('group').last();
    await nameless.getByText(/must/).first().waitFor();
    await nameless.getByLabel('What marketing reads').fill('Known for a week');
    await nameless.getByLabel('Counted').selectOption('last-activity');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page
      .getByText(/Marketing is told “Known for a week” after 7 days since the last activity/)
      .waitFor();
    // The save that was refused.
    expect(consoleErrors.filter((error) => !/400|422/.test(error))).toEqual([]);
    await page.context().close();
  });
});

describe('two leads of one person', () => {
  it('are merged on the page of one, and two again by undo', async () => {
    const client = adminClient(stack.local());
    const email = `${randomUUID()}@engines.example`;
    await submitForm(stack.local(), salesReadyForm(email));
    const other = await eventually(
      async () => {
        const { body } = await client.post('/api/leads/search', { email });
        const [lead] = (body as { items: { id: string }[] }).items;
        expect(lead).toBeDefined();
        return lead!.id;
      },
      { within: 30_000 },
    );
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await page.goto(`${stack.local().gateway}/leads/${leadId}`);
    await page.getByRole('button', { name: 'Merge with another lead' }).click();
    await page.getByLabel('The other lead').fill(email);
    await page.getByRole('radio').first().check();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.getByText('Merged by hand').waitFor();
    const merged = await client.post('/api/leads/search', { ids: [leadId, other] });
    expect((merged.body as { items: unknown[] }).items).toHaveLength(1);
    await page.getByText('Merged by hand').locator('xpath=ancestor::li').getByRole('button').click();
    await page.getByText('Merged by hand').waitFor({ state: 'detached' });
    const divided = await client.post('/api/leads/search', { ids: [leadId, other] });
    expect((divided.body as { items: unknown[] }).items).toHaveLength(2);
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });

  it('are listed as possible duplicates, said to be two, and merged after all', async () => {
    const name = `Grace ${randomUUID().slice(0, 8)}`;
    for (const company of ['Engines Ltd', 'ENGINES'])
      await submitForm(stack.local(), salesReadyForm(`${randomUUID()}@engines.example`, { name, company }));
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'marketing');
    await eventually(
      async () => {
        await page.goto(`${stack.local().gateway}/duplicates`);
        await page.getByRole('button', { name: `Merge ${name} and ${name}` }).waitFor({ timeout: 2_000 });
      },
      { within: 30_000 },
    );
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: `${name} and ${name} are two people` }).click();
    await page.getByText(`${name} and ${name} are two people.`).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByRole('button', { name: `Merge ${name} and ${name}` }).click();
    await page.getByText(/Both become one/).waitFor();
    await page.getByRole('button', { name: 'Merge', exact: true }).click();
    await page.waitForURL(/\/leads\/|\/duplicates$/);
    await page.goto(`${stack.local().gateway}/duplicates`);
    await page.getByRole('heading', { name: 'Possible duplicates' }).waitFor();
    await page.getByRole('button', { name: `Merge ${name} and ${name}` }).waitFor({ state: 'detached' });
    expect(consoleErrors).toEqual([]);
    await page.context().close();
  });
});

describe('a person', () => {
  it('is given what is held of them, and erased from every service with a receipt', async () => {
    const client = adminClient(stack.local());
    const email = `${randomUUID()}@privacy.example`;
    await submitForm(stack.local(), salesReadyForm(email, { name: 'Grace Hopper' }));
    const id = await eventually(
      async () => {
        const { body } = await client.post('/api/leads/search', { email });
        const [lead] = (body as { items: { id: string }[] }).items;
        const handoffs = await client.get(`/api/handoffs?leadId=${lead!.id}`);
        expect((handoffs.body as { items: unknown[] }).items).toHaveLength(1);
        return lead!.id;
      },
      { within: 30_000 },
    );
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'admin');
    await page.goto(`${stack.local().gateway}/leads/${id}`);
    const file = page.waitForEvent('download');
    await page.getByRole('region', { name: 'Personal data' }).getByRole('button', { name: 'Export' }).click();
    const held = JSON.parse(readFileSync(await (await file).path(), 'utf8'));
    expect(JSON.stringify(held.scoring)).toContain(email);
    expect(held.routing.handoffs).toHaveLength(1);

    await page.getByRole('button', { name: 'Erase…' }).click();
    const dialog = page.getByRole('dialog', { name: 'Erase Grace Hopper?' });
    const confirm = dialog.getByRole('button', { name: 'Erase for good' });
    expect(await confirm.isDisabled()).toBe(true);
    expect(await barriersOf(page)).toEqual([]);
    await dialog.getByLabel('Type “erase” to confirm').fill('erase');
    await confirm.click();
    await page.getByText('Erased in every service.').waitFor({ timeout: 60_000 });
    await page.getByRole('cell', { name: /Identifiers: \d/ }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'All erasures' }).click();
    await page.getByRole('link', { name: id }).waitFor();
    expect(await barriersOf(page)).toEqual([]);
    expect(consoleErrors).toEqual([]);

    await page.goto(`${stack.local().gateway}/leads/${id}`);
    await page.getByText(`There is no lead ${id}.`).waitFor();
    const { body } = await client.post('/api/leads/search', { email });
    expect((body as { items: unknown[] }).items).toEqual([]);
    await page.context().close();
  });
});
