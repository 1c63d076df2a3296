export { changesBetween, type Change } from './changes.js';
export { inForce, stateOf, STATES, TEAMS, type Definition, type State, type Team } from './definition.js';
export { definitionProviders } from './definition-providers.js';
export { DefinitionDetail, DefinitionResponse, KindResponse } from './definition.response.js';
export { definitionRoutes } from './definition.http.js';
export { changedSentences, type Sentence } from './sentences.js';
export { Definitions } from './definitions.js';
export { definitionMigrations } from './definitions.migration.js';
export {
  defineKind,
  type ActivationHandler,
  type ActiveDefinition,
  type DefinitionKind,
  type KindSpec,
} from './kind.js';
