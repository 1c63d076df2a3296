import { expect, it } from '@jest/globals';
import { identifierHashOf, mentionsAnyOf } from './identifier-hash.js';

const mentions = mentionsAnyOf([
  identifierHashOf('email', 'ada@engines.example'),
  identifierHashOf('user', '4711'),
  identifierHashOf('phone', '+4915112345678'),
  identifierHashOf('user', 'page'),
  identifierHashOf('anonymous', 'a-1'),
  identifierHashOf('crm', 'salesforce:003000000000001'),
  identifierHashOf('crm', 'hubspot:51'),
]);

it.each([
  ['{"identifiers":{"email":"ada@engines.example"}}', true],
  ['{"identifiers":{"email":" ADA@Engines.example "}}', true],
  ['{"identifiers":{"userId":"4711"}}', true],
  ['{"fields":{"user":4711}}', true],
  ['{"fields":[{"Phone":"+4915112345678"}]}', true],
  ['{"fields":{"ada@engines.example":true}}', true],
  ['{"note":"Please write to ada@engines.example."}', true],
  ['not json: ada@engines.example, and more', true],
  ['email=ada@engines.example&name=Ada', true],
  ['{"email":"ada@engines.example', true],
  ['{"email":"anna.ada@engines.example"}', false],
  ['{"email":"ada@engines.example.org"}', false],
  ['{"phone":"+49 151 1234-5678"}', true],
  ['{"entries":[{"message":"{\\"userId\\":\\"4711\\"}"}]}', true],
  ['{"anonymous_id":"a-1"}', true],
  ['{"identifiers":{"crmId":"hubspot:51"}}', true],
  ['{"traits":{"salesforceLeadId":"003000000000001AAB"}}', true],
  ['{"traits":{"hubspot_contact_id":51}}', true],
  ['{"traits":{"hs_object_id":51}}', true],
  ['{"externalIds":[{"id":"51","type":"hubspot","collection":"users"}]}', true],
  ['{"externalIds":[{"id":"51","type":"hubspot","collection":"accounts"}]}', false],
  ['{"traits":{"zohoId":"51"}}', false],
  // Words and numbers that somebody took as an id are in the messages of everybody.
  ['{"kind":"page","page":1,"name":"4711","quantity":4711}', false],
  ['{"4711":true}', false],
  ['4711', false],
  ['{"note":"47110"}', false],
  ['', false],
])('%s names the person: %s', (text, expected) => {
  expect(mentions(text)).toBe(expected);
});

it('the same text as another kind has another hash', () => {
  expect(identifierHashOf('user', '1')).not.toBe(identifierHashOf('crm', '1'));
});

it('takes no longer for a text without addresses than for one with many', () => {
  const hostile = [
    'a'.repeat(300_000),
    'a@'.repeat(150_000),
    `${'a'.repeat(300)}@`.repeat(1_000),
    '['.repeat(300_000),
  ];
  for (const text of hostile) expect(mentions(JSON.stringify({ text }))).toBe(false);
});
