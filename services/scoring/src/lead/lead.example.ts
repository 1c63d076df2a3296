import type { ActivityRecordedV1 } from '@baton/contracts';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { compileFunnel } from '../funnel/stage.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { compileModel } from '../model/compiled-model.js';
import { createHash } from 'node:crypto';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import type { Digest } from '../identity/lead-id.js';

export const NOW = Date.parse('2026-01-05T09:00:00.000Z');
export const DAY = 86_400_000;

export const defaultDefinitions: ActiveDefinitions = {
  modelId: 'scoring-model-1',
  model: compileModel(defaultScoringModel),
  funnelId: 'funnel-1',
  funnel: compileFunnel(defaultFunnel),
};

export const digest: Digest = (text) => createHash('sha256').update(text).digest('hex');

let count = 0;
const nextId = (): string => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`;

/** An activity; `daysAgo` before {@link NOW}. */
export const activity = (more: Partial<ActivityRecordedV1> = {}, daysAgo = 0): ActivityRecordedV1 => {
  const activityId = nextId();
  const at = new Date(NOW - daysAgo * DAY).toISOString();
  return {
    activityId,
    sourceId: 'website',
    messageId: activityId,
    kind: 'page',
    name: '',
    occurredAt: at,
    receivedAt: at,
    personKey: '4d1c',
    identifiers: { anonymousId: '4d1c' },
    traits: {},
    properties: {},
    channel: 'paid-search',
    bot: false,
    ...more,
  };
};

/** A form submission that makes an unknown visitor sales-ready at once. */
export const salesReadyForm = (more: Partial<ActivityRecordedV1> = {}, daysAgo = 0): ActivityRecordedV1 =>
  activity(
    {
      kind: 'form',
      name: 'contact',
      identifiers: { email: 'ada@engines.example', anonymousId: '4d1c' },
      traits: { company: 'Engines Ltd', jobTitle: 'Operations', employees: 250 },
      properties: { interest: 'pricing' },
      marketingConsent: true,
      campaign: { name: 'spring-launch' },
      ...more,
    },
    daysAgo,
  );
