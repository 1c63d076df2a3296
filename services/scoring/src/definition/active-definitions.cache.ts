import type { Queryable } from '@baton/bus';
import { Definitions, type DefinitionKind } from '@baton/definitions';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { CompiledModel } from '../model/compiled-model.js';
import type { ActiveDefinitions } from './active-definitions.js';
import { funnelKind } from './funnel.kind.js';
import { scoringModelKind } from './scoring-model.kind.js';

/** A scoring model by its id. */
export interface ActiveModel {
  readonly id: string;
  readonly compiled: CompiledModel;
}

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

  /** The scoring model active at each instant; the instants ascend. Before the first model was active, the first. */
  async modelsAt(queryable: Queryable, instants: readonly Date[]): Promise<ActiveModel[]> {
    const first = await this.definitions.version(queryable, scoringModelKind, `${scoringModelKind.name}-1`);
    const modelAt = (instant: Date): Promise<ActiveModel> =>
      instant < first.activeFrom
        ? Promise.resolve(first)
        : this.definitions.inForce(queryable, scoringModelKind, instant);
    return fillBetween(instants, modelAt);
  }

  /**
   * Any version of a kind, drafts included, compiled.
   * @throws DomainError `not-found`
   */
  async version<Compiled>(
    queryable: Queryable,
    kind: DefinitionKind<any, Compiled>,
    id: string,
  ): Promise<Compiled> {
    const found = await this.definitions.find(queryable, id);
    if (found?.kind === kind.name) return kind.compile(kind.upcast(found.document, found.schemaVersion));
    throw new DomainError('not-found', `There is no ${kind.name} ${id}.`);
  }

  /** A scoring model by id, active or superseded. @throws Error when it was never activated. */
  async model(queryable: Queryable, id: string): Promise<CompiledModel> {
    return (await this.definitions.version(queryable, scoringModelKind, id)).compiled;
  }
}

/** Asks for the ends, and for what is between only where they differ: a superseded version is never active again. */
const fillBetween = async (
  instants: readonly Date[],
  modelAt: (instant: Date) => Promise<ActiveModel>,
): Promise<ActiveModel[]> => {
  const found: ActiveModel[] = [];
  const fill = async (from: number, to: number): Promise<void> => {
    if (to - from < 2) return;
    if (found[from]!.id === found[to]!.id) return void found.fill(found[from]!, from + 1, to);
    const middle = (from + to) >> 1;
    found[middle] = await modelAt(instants[middle]!);
    await fill(from, middle);
    await fill(middle, to);
  };
  const last = instants.length - 1;
  found[0] = await modelAt(instants[0]!);
  found[last] = await modelAt(instants[last]!);
  await fill(0, last);
  return found;
};
