import type { CompiledFunnel } from '../funnel/stage.js';
import type { CompiledModel } from '../model/compiled-model.js';

/** The scoring model and the funnel that are active at an instant, compiled. */
export interface ActiveDefinitions {
  /** Definition id, such as `scoring-model-2`; recorded with every score. */
  readonly modelId: string;
  readonly model: CompiledModel;
  readonly funnelId: string;
  readonly funnel: CompiledFunnel;
}
