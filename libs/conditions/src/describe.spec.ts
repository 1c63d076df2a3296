import { describe as suite, expect, it } from '@jest/globals';
import { describeCondition, type Condition } from './index.js';

suite('a condition in plain English', () => {
  it.each<[Condition, string]>([
    [{ fact: 'traits.companySize', atLeast: 50 }, 'company size is at least 50'],
    [{ fact: 'properties.form_name', is: 'Demo' }, 'form name is “Demo”'],
    [{ fact: 'campaign.name', in: ['a', 'b', 3] }, 'campaign name is one of “a”, “b” or 3'],
    [{ fact: 'country', notIn: ['CN'] }, 'country is none of “CN”'],
    [{ fact: 'phone', exists: false }, 'phone is not known'],
    [
      { fact: 'traits.jobTitle', hasWord: ['head of', 'chief'] },
      'job title has the word “head of” or “chief”',
    ],
    [{ not: { fact: 'page', contains: 'jobs' } }, 'not (page contains “jobs”)'],
    [
      {
        all: [
          { fact: 'employees', moreThan: 9 },
          {
            any: [
              { fact: 'country', is: 'DE' },
              { fact: 'country', is: 'AT' },
            ],
          },
        ],
      },
      'employees is more than 9 and (country is “DE” or country is “AT”)',
    ],
  ])('%j', (condition, words) => expect(describeCondition(condition)).toBe(words));

  it('uses the given labels', () => {
    expect(describeCondition({ fact: 'fit', atLeast: 15 }, () => 'Fit points')).toBe(
      'Fit points is at least 15',
    );
  });
});
