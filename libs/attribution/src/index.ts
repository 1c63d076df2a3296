export { creditSteps, evaluate, evaluationSteps } from './evaluate.js';
export { JourneysBuilder } from './journeys.js';
export { MAX_KEY_LENGTH, MAX_PATH_LENGTH, MAX_PATHS } from './limits.js';
export { AttributionRefused } from './refused.js';
export { requestViolations } from './request-violations.js';
export {
  MODELS,
  SHAPES,
  type AttributionRequest,
  type Credit,
  type Model,
  type Options,
  type Path,
  type Shape,
} from './request.js';
export { ATTRIBUTION_VERSION } from './version.js';
export { finished, type Steps } from './steps.js';
