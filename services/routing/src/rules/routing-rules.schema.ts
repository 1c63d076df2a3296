import { conditionRef } from '@baton/conditions';
import { STRATEGIES } from '../team/strategy.js';
import { MAX_RULES, MAX_SELLERS_OF_RULE, MAX_TAGS_OF_RULE, MAX_TERRITORIES } from './routing-rules.js';

const object = (required: Record<string, object>, optional: Record<string, object> = {}) => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(required),
  properties: { ...required, ...optional },
});

const name = { type: 'string', minLength: 1, maxLength: 120, pattern: '^[^\\p{C}]+$' };
const tag = { type: 'string', minLength: 1, maxLength: 64, pattern: '^[^\\p{C}]+$' };
const tags = { type: 'array', minItems: 1, maxItems: MAX_TAGS_OF_RULE, items: tag };
const team = { type: 'string', pattern: '^[^\\p{C}/\\\\]{1,64}$', description: 'The name of a team.' };
const strategy = {
  enum: STRATEGIES,
  description: 'Who of those who can take the lead is next; weighted round robin without it.',
};

/** `team` with what its sellers must have, or `owner` alone: `routingRulesViolations` says which is missing. */
const target = object(
  {},
  {
    owner: {
      enum: ['lead', 'account'],
      description: 'The seller whose lead it was before, or who has another lead of its account.',
    },
    team,
    strategy,
    sellers: {
      type: 'array',
      minItems: 1,
      maxItems: MAX_SELLERS_OF_RULE,
      items: { type: 'string', format: 'uuid' },
      description: 'Ids: only these sellers of the team.',
    },
    skills: { ...tags, description: 'Only sellers who have all of them.' },
    languages: { ...tags, description: 'Only sellers who speak all of them, such as `de`.' },
    territory: { type: 'boolean', description: 'Only sellers who cover a territory of the lead.' },
  },
);

/** JSON Schema of the routing rules; `routingRulesViolations` has the rules that a schema cannot express. */
export const routingRulesSchema = {
  title: 'Routing rules',
  description: 'Who a sales-ready lead is offered to: the first rule that matches decides.',
  ...object(
    {
      rules: {
        type: 'array',
        maxItems: MAX_RULES,
        items: object(
          {
            key: { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 },
            name,
            to: target,
          },
          { when: { ...conditionRef, description: 'Without it every lead matches.' } },
        ),
      },
      fallback: {
        ...object({ team }, { strategy }),
        description: 'Gets the leads that no rule matches or that no seller of the rule can take.',
      },
    },
    {
      territories: {
        type: 'array',
        maxItems: MAX_TERRITORIES,
        items: object({ name: tag }, { within: tag, when: conditionRef }),
        description: 'Parts of the market; one has the leads of its condition and of those within it.',
      },
    },
  ),
};
