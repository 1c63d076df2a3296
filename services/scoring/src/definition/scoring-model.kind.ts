import { defineKind } from '@baton/definitions';
import { compileModel, type CompiledModel } from '../model/compiled-model.js';
import { describeModel } from '../model/describe-model.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { OnDefinitionActivated } from './on-definition-activated.js';
import { scoringModelViolations } from '../model/scoring-model.violations.js';
import { scoringModelSchema } from '../model/scoring-model.schema.js';
import type { ScoringModel } from '../model/scoring-model.js';

export const scoringModelKind = defineKind<ScoringModel, CompiledModel>({
  name: 'scoring-model',
  schema: scoringModelSchema,
  check: scoringModelViolations,
  describe: describeModel,
  compile: compileModel,
  default: defaultScoringModel,
  onActivated: OnDefinitionActivated,
});
