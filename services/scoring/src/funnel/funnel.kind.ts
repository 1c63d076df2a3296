import { defineKind } from '@baton/definitions';
import { OnDefinitionActivated } from '../model/on-definition-activated.js';
import { defaultFunnel } from './default-funnel.js';
import { funnelFaults } from './funnel.faults.js';
import { funnelSchema } from './funnel.schema.js';
import type { Funnel } from './funnel.js';
import { compileFunnel, type CompiledFunnel } from './stage.js';

export const funnelKind = defineKind<Funnel, CompiledFunnel>({
  name: 'funnel',
  schema: funnelSchema,
  check: funnelFaults,
  compile: compileFunnel,
  default: defaultFunnel,
  onActivated: OnDefinitionActivated,
});
