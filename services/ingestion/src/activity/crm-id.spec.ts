import { describe, expect, it } from '@jest/globals';
import { crmIdOf } from './crm-id.js';

describe('the CRM id of a person', () => {
  it.each<[string, object, unknown, string | undefined]>([
    ['a trait', { crmId: 'A-17' }, undefined, 'crm:A-17'],
    ['a number', { hubspotContactId: 51 }, undefined, 'hubspot:51'],
    ['snake case', { pipedrive_person_id: ' 7 ' }, undefined, 'pipedrive:7'],
    ['a spelling of people', { 'Salesforce Lead ID': 'x' }, undefined, 'salesforce:x'],
    ['the name that HubSpot has for it', { hs_object_id: '51' }, undefined, 'hubspot:51'],
    [
      '18 characters of Salesforce',
      { salesforceLeadId: '00Q5g00000ABCDEEA4' },
      undefined,
      'salesforce:00Q5g00000ABCDE',
    ],
    [
      '15 characters of Salesforce',
      { salesforce_id: '00Q5g00000ABCDE' },
      undefined,
      'salesforce:00Q5g00000ABCDE',
    ],
    ['an external id', {}, [{ id: '51', type: 'hubspot', collection: 'users' }], 'hubspot:51'],
    ['an external id of a contact', {}, [{ id: '9', type: 'salesforce_contact_id' }], 'salesforce:9'],
    [
      'the second external id',
      {},
      [
        { id: 'x', type: 'ga' },
        { id: '5', type: 'zoho' },
      ],
      'zoho:5',
    ],
    ['an external id of a company', {}, [{ id: '51', type: 'hubspot', collection: 'accounts' }], undefined],
    ['a placeholder', { crmId: 'null', hubspotId: '0' }, undefined, undefined],
    ['an object', { crmId: { id: 1 } }, undefined, undefined],
    ['an endless text', { crmId: 'x'.repeat(201) }, undefined, undefined],
    ['broken external ids', {}, [null, 5, 'x', {}, { type: 'crm' }], undefined],
    ['external ids that are no list', {}, { crm: '1' }, undefined],
    ['an id of something else', { accountId: '5', dealId: '6' }, undefined, undefined],
  ])('is found in %s', (_, traits, externalIds, expected) => {
    expect(crmIdOf(traits as Record<string, unknown>, externalIds)).toBe(expected);
  });
});
