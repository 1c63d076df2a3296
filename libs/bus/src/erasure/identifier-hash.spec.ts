import { expect, it } from '@jest/globals';
import { identifierHashOf, mentionsAnyOf } from './identifier-hash.js';

const mentions = mentionsAnyOf([
  identifierHashOf('email', 'ada@engines.example'),
  identifierHashOf('user', '4711'),
  identifierHashOf('phone', '+4915112345678'),
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
  ['{"note":"47110"}', false],
  ['', false],
])('%s names the person: %s', (text, expected) => {
  expect(mentions(text)).toBe(expected);
});

it('the same text as another kind has another hash', () => {
  expect(identifierHashOf('user', '1')).not.toBe(identifierHashOf('crm', '1'));
});
