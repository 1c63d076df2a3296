export { changesBetween, type Change } from './changes.js';
export { inForce, stateOf, STATES, TEAMS, type Definition, type State, type Team } from './definition.js';
export { definitionProviders } from './definition-providers.js';
export { DefinitionDetail, DefinitionResponse, KindResponse } from './definition-response.js';
export { definitionRoutes } from './definition.http.js';
export type { Reader } from './definition.store.js';
export { Definitions } from './definitions.js';
export { definitionMigrations } from './definitions.migration.js';
export { kind, type ActivationHandler, type Holding, type Kind, type KindSpec } from './kind.js';
