import { Definitions, type Queryable } from '@baton/definitions';
import { Injectable } from '@nestjs/common';
import { funnelKind } from './funnel.kind.js';
import type { InForce } from '../lead/record-activity.js';
import type { CompiledModel } from '../model/compiled-model.js';
import { scoringModelKind } from './scoring-model.kind.js';

@Injectable()
export class InForceStore {
  constructor(private readonly definitions: Definitions) {}

  /** The scoring model and the funnel that hold at `now`, ready to decide with. */
  async at(reader: Queryable, now: Date): Promise<InForce> {
    const [model, funnel] = await this.definitions.allInForce(reader, [scoringModelKind, funnelKind], now);
    return {
      modelId: model.id,
      model: model.compiled,
      funnelId: funnel.id,
      funnel: funnel.compiled,
    };
  }

  /** The model that made a score, however old. */
  async model(reader: Queryable, id: string): Promise<CompiledModel> {
    return (await this.definitions.version(reader, scoringModelKind, id)).compiled;
  }
}
