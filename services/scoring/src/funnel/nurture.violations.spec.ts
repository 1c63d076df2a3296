import { expect, it } from '@jest/globals';
import { funnelKind } from '../definition/funnel.kind.js';
import { defaultFunnel } from './default-funnel.js';

const rule = (more: object = {}) => ({
  ...{ key: 'r', label: 'Rule', when: { fact: 'stage', is: 'lead' }, afterDays: 3 },
  ...more,
});

it.each([
  ['two with one key', [rule(), rule()], '/nurture/1/key'],
  ['no words', [rule({ label: ' ' })], '/nurture/0/label'],
  ['a negative delay', [rule({ afterDays: -1 })], '/nurture/0/afterDays'],
  ['an unknown fact', [rule({ when: { fact: 'mood', is: 'good' } })], '/nurture/0/when/fact'],
  [
    'a stage that the funnel has not',
    [rule({ when: { fact: 'stage', is: 'sleeping' } })],
    '/nurture/0/when/is',
  ],
  ['an exit to fall from', [rule({ when: { fact: 'fellFrom', is: 'recycled' } })], '/nurture/0/when/is'],
  ['another start of its days', [rule({ from: 'birth' })], '/nurture/0/from'],
  ['too many', Array.from({ length: 21 }, (_, n) => rule({ key: `r-${n}` })), '/nurture'],
])('nurture rules with %s are refused at the fault', (_case, nurture, pointer) => {
  const found = funnelKind.violationsOf({ ...defaultFunnel, nurture });
  expect(found.map((each) => each.pointer)).toContain(pointer);
});

it('funnels signed before there were nurture rules stay valid', () => {
  const { nurture: _, ...old } = defaultFunnel;
  expect(funnelKind.violationsOf(old)).toEqual([]);
});
