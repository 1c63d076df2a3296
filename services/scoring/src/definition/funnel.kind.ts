import { defineKind } from '@baton/definitions';
import { OnDefinitionActivated } from './on-definition-activated.js';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { describeFunnel } from '../funnel/describe-funnel.js';
import { funnelViolations } from '../funnel/funnel.violations.js';
import { funnelSchema } from '../funnel/funnel.schema.js';
import type { Funnel } from '../funnel/funnel.js';
import { compileFunnel, type CompiledFunnel } from '../funnel/stage.js';

export const funnelKind = defineKind<Funnel, CompiledFunnel>({
  name: 'funnel',
  schema: funnelSchema,
  check: funnelViolations,
  describe: describeFunnel,
  compile: compileFunnel,
  default: defaultFunnel,
  onActivated: OnDefinitionActivated,
});
