import { randomUUID } from 'node:crypto';
import { eventually, httpClient, sharedStack, type SharedStack } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { barriersOf } from './accessibility.js';
import { adminClient } from './api-clients.js';
import { launchChromium } from './headless-chromium.js';
import { heading, PASSWORD } from './people-pages.js';
import { signIn } from './signed-in.js';

let stack: SharedStack;
let browser: Browser;

beforeAll(async () => {
  stack = await sharedStack();
  browser = await launchChromium();
}, 240_000);
afterAll(() => browser?.close());

describe('the access page', () => {
  it('creates a token, shown once, which a program uses until it is revoked', async () => {
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'admin');
    const row = page
      .getByRole('list', { name: 'API tokens' })
      .getByRole('listitem')
      .filter({ hasText: 'Nightly export' });
    await page.getByRole('link', { name: 'Access' }).click();
    await page
      .getByText('No API token yet')
      .or(page.getByRole('list', { name: 'API tokens' }))
      .first()
      .waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'New API token' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Nightly export');
    await page.getByRole('combobox', { name: 'Role' }).click();
    await page.getByRole('option', { name: 'Marketing' }).click();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Create' }).click();
    const token = (await page.getByRole('group', { name: 'the token' }).innerText()).trim();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Done' }).click();
    await row.getByText('Never used').waitFor();
    await row.getByText(`${token.slice(0, 6)}`).waitFor();
    expect(await page.content()).not.toContain(token);
    for (const text of ['Role: Marketing', 'Read', 'Valid', /^Ends /, /Created .* by Ada Admin/])
      await row.getByText(text, { exact: true }).first().waitFor();

    const statusOf = async (path: string, method: 'get' | 'post' = 'get'): Promise<number> =>
      (await httpClient(stack.local().gateway, { authorization: `Bearer ${token}` })[method](path, {}))
        .status;
    expect(await statusOf('/api/sources')).toBe(200);
    // Of a token that reads only, also what its role may do.
    expect(await statusOf('/api/sources', 'post')).toBe(403);
    expect(await statusOf('/api/users')).toBe(403);

    await page.getByRole('button', { name: 'Revoke Nightly export' }).click();
    await page.getByText('It cannot be made valid').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Revoke', exact: true }).click();
    await row.getByText('Revoked', { exact: true }).waitFor();
    expect(await statusOf('/api/sources')).toBe(401);
    expect(await row.getByRole('button').count()).toBe(0);
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('link', { name: 'Sources' }).last().click();
    await heading(page, 'Sources').waitFor();
    expect(consoleErrors).toEqual([]);
  });

  it('is for administrators', async () => {
    const { page } = await signIn(browser, stack.local(), 'manager');
    expect(await page.getByRole('link', { name: 'Access' }).count()).toBe(0);
    await page.goto(`${stack.local().gateway}/access`);
    await heading(page, 'Not for your role').waitFor();
  });
});

describe('the audit page', () => {
  it('shows what was changed, and is searched by action, object and time', async () => {
    const admin = adminClient(stack.local());
    const person = {
      email: `ann.${randomUUID()}@people.example`,
      name: 'Ann Audited',
      role: 'viewer',
      password: PASSWORD,
    };
    const { id } = (await admin.post('/api/users', person)).body as { id: string };
    await admin.put(`/api/users/${id}`, { name: 'Ann Audited', role: 'marketing' });
    const { page, consoleErrors } = await signIn(browser, stack.local(), 'admin');
    const rows = page.getByRole('row').filter({ has: page.getByRole('cell') });
    const field = (name: string) => page.getByRole('search').getByLabel(name);
    await page.getByRole('link', { name: 'Audit' }).click();
    await heading(page, 'Audit').waitFor();
    await field('Action contains').fill('PUT /api/users');
    await page.getByText('role: viewer → marketing').first().waitFor();
    await eventually(async () =>
      expect(new Set(await rows.getByRole('cell').nth(2).allInnerTexts())).toEqual(
        new Set([expect.stringContaining('Changed a user')]),
      ),
    );
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: id }).first().click();
    await page.getByText('Created a user').waitFor();
    await page.getByText('state: active').waitFor();
    expect(await rows.count()).toBe(2);
    await field('From').fill('2999-01-01');
    await page.getByText('Nothing was recorded that fits').waitFor();
    expect(await barriersOf(page)).toEqual([]);
    await page.getByRole('button', { name: 'Show all' }).click();
    await page.getByText('Read the audit log').first().waitFor();
    expect(consoleErrors).toEqual([]);
  });
});
