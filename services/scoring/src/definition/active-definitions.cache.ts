import { Definitions, type Queryable } from '@baton/definitions';
import { Injectable } from '@nestjs/common';
import type { CompiledModel } from '../model/compiled-model.js';
import type { ActiveDefinitions } from './active-definitions.js';
import { funnelKind } from './funnel.kind.js';
import { scoringModelKind } from './scoring-model.kind.js';

@Injectable()
export class ActiveDefinitionsCache {
  constructor(private readonly definitions: Definitions) {}

  /** The scoring model and the funnel active at `now`, compiled. */
  async at(queryable: Queryable, now: Date): Promise<ActiveDefinitions> {
    const [model, funnel] = await this.definitions.allInForce(queryable, [scoringModelKind, funnelKind], now);
    return {
      modelId: model.id,
      model: model.compiled,
      funnelId: funnel.id,
      funnel: funnel.compiled,
    };
  }

  /** A scoring model by id, active or superseded. @throws Error when it was never activated. */
  async model(queryable: Queryable, id: string): Promise<CompiledModel> {
    return (await this.definitions.version(queryable, scoringModelKind, id)).compiled;
  }
}
