import type { LocalJson } from '@baton/testing';
import type { Operation } from './api-operations.js';

const PERSON = { anonymousId: 'a-1', userId: 'u-1', messageId: 'm-1', timestamp: '2026-01-05T09:00:00.000Z' };
const CONTEXT = {
  userAgent: 'Mozilla/5.0',
  page: { url: 'https://engines.example/?utm_source=google', referrer: 'https://google.com' },
  campaign: { source: 'google', name: 'spring' },
  traits: { email: 'ada@engines.example' },
};
const TRAITS = { email: 'ada@engines.example', company: { name: 'Engines', employees: 250 }, phone: '+4930' };

/** Valid messages of the tracking API by path: its routes are not in an OpenAPI document, because clients have their own. */
const MESSAGES: Readonly<Record<string, object>> = {
  '/v1/track': { ...PERSON, event: 'Demo Requested', properties: { value: 5 }, context: CONTEXT },
  '/v1/identify': { ...PERSON, traits: TRAITS, context: CONTEXT },
  '/v1/page': { ...PERSON, name: 'Pricing', properties: { url: 'https://engines.example/' } },
  '/v1/screen': { ...PERSON, name: 'Pricing' },
  '/v1/group': { ...PERSON, groupId: 'g-1', traits: { name: 'Engines' } },
  '/v1/alias': { ...PERSON, previousId: 'a-0' },
  '/v1/batch': {
    sentAt: '2026-01-05T09:00:00.000Z',
    context: CONTEXT,
    batch: [
      { type: 'track', ...PERSON, event: 'X' },
      { type: 'identify', ...PERSON, traits: TRAITS },
    ],
  },
};

const FORM = {
  email: 'ada@engines.example',
  name: 'Ada',
  company: 'Engines',
  employees: '250',
  consent: 'yes',
  interest: ['pricing'],
  utm_source: 'google',
  _redirect: 'https://engines.example/',
  anonymousId: 'a-1',
  messageId: 'm-1',
};

/** Without it a refused form is a page for people. */
const JSON_ACCEPTED = ['accept', 'application/json'] as const;

/** The public routes of the ingestion service. */
export const ingestOperations = ({ ingestion, writeKey, formId }: LocalJson): Operation[] => {
  const operation = (
    method: string,
    path: string,
    more: Partial<Pick<Operation, 'body' | 'headers' | 'query'>> = {},
  ): Operation => ({
    base: ingestion,
    method,
    path,
    headers: [],
    query: {},
    pathValue: (name) => (name === 'writeKey' ? writeKey : formId),
    ...more,
  });
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const { interest: _, ...fields } = FORM;
  return [
    ...Object.entries(MESSAGES).map(([path, body]) =>
      operation('POST', path, { body, headers: [['authorization', authorization]] }),
    ),
    operation('POST', '/f/{formId}', { body: FORM, headers: [JSON_ACCEPTED] }),
    operation('GET', '/f/{formId}', { query: fields, headers: [JSON_ACCEPTED] }),
    operation('GET', '/f/{formId}/thanks', { headers: [JSON_ACCEPTED] }),
    operation('GET', '/v1/projects/{writeKey}/settings'),
    operation('GET', '/sourceConfig', { query: { writeKey } }),
    operation('POST', '/v1/m', { body: { series: [] } }),
  ];
};
