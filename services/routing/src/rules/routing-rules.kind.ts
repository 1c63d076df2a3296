import { defineKind } from '@baton/definitions';
import { compileRules, type CompiledRules } from './compile-rules.js';
import { describeRules } from './describe-rules.js';
import { defaultRoutingRules, type RoutingRules } from './routing-rules.js';
import { routingRulesSchema } from './routing-rules.schema.js';
import { routingRulesViolations } from './routing-rules.violations.js';

/** The kind of definition that both teams sign. */
export const routingRules = defineKind<RoutingRules, CompiledRules>({
  name: 'routing-rules',
  schema: routingRulesSchema,
  check: routingRulesViolations,
  describe: describeRules,
  compile: compileRules,
  default: defaultRoutingRules,
});
