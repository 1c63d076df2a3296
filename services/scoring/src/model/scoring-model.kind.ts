import { defineKind } from '@baton/definitions';
import { compileModel, type CompiledModel } from '../score/compiled-model.js';
import { defaultScoringModel } from './default-scoring-model.js';
import { OnDefinitionActivated } from './on-definition-activated.js';
import { scoringModelFaults } from './scoring-model.faults.js';
import { scoringModelSchema } from './scoring-model.schema.js';
import type { ScoringModel } from './scoring-model.js';

export const scoringModelKind = defineKind<ScoringModel, CompiledModel>({
  name: 'scoring-model',
  schema: scoringModelSchema,
  check: scoringModelFaults,
  compile: compileModel,
  default: defaultScoringModel,
  onActivated: OnDefinitionActivated,
});
