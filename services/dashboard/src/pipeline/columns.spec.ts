import { expect, it } from '@jest/globals';
import type { DealTotal } from '../api/shapes.js';
import { columnsOf } from './columns.js';

const total = (
  state: DealTotal['state'],
  stage: string,
  deals: number,
  amount = 0,
  currency: string | null = 'EUR',
) => ({
  state,
  stage,
  deals,
  amount,
  currency,
});

it('shows the usual stages and the ends of an empty board', () => {
  expect(columnsOf([]).map(({ title, count }) => [title, count])).toEqual([
    ['Discovery', 0],
    ['Proposal', 0],
    ['Negotiation', 0],
    ['Won', 0],
    ['Lost', 0],
  ]);
});

it('adds the stages of a CRM, sums each currency, and leaves out unknown amounts', () => {
  const columns = columnsOf([
    total('open', 'proposal', 2, 30),
    total('open', 'proposal', 1, 50, 'USD'),
    total('open', 'proposal', 4, 0, null),
    total('open', 'contract-sent', 1, 5),
    total('won', 'proposal', 1, 10),
    total('won', 'discovery', 2, 20),
    total('won', 'discovery', 1, 0, 'XXX'),
    total('churned', 'discovery', 1, 7),
  ]);
  expect(columns.map(({ title }) => title)).toEqual([
    'Discovery',
    'Proposal',
    'Negotiation',
    'Contract sent',
    'Won',
    'Lost',
    'Churned',
  ]);
  expect(columns[1]).toMatchObject({
    count: 7,
    sums: [
      { currency: 'USD', amount: 50 },
      { currency: 'EUR', amount: 30 },
    ],
  });
  expect(columns[4]).toMatchObject({ count: 4, sums: [{ currency: 'EUR', amount: 30 }] });
});
