import { useInForce } from '../definitions/definitions.js';
import { humanize } from '../ui/humanize.js';

interface Stage {
  readonly key: string;
  readonly label: string;
}

/** The decisions of sales that take a lead out of the funnel. */
export type Exit = 'recycled' | 'disqualified';

export interface Stages {
  /** The funnel in order, without its exits. */
  readonly path: readonly Stage[];
  readonly exits: readonly Stage[];
  labelOf: (key: string) => string;
  /** How a lead in this stage left the funnel; undefined while it is in it. */
  exitOf: (key: string) => Exit | undefined;
}

const isStage = (value: unknown): value is Stage =>
  typeof value === 'object' && value !== null && 'key' in value && 'label' in value;

const stagesIn = (document: unknown, member: string): readonly Stage[] => {
  const list: unknown = (document as Record<string, unknown> | undefined)?.[member];
  return Array.isArray(list) ? list.filter(isStage) : [];
};

/** The stages of the funnel in force, with the names both teams gave them. */
export const useStages = (): Stages => {
  const { data } = useInForce('funnel');
  const path = stagesIn(data?.document, 'stages');
  const exits = stagesIn(data?.document, 'exits');
  const all = [...path, ...exits];
  return {
    path,
    exits,
    labelOf: (key) => all.find((stage) => stage.key === key)?.label ?? fallbackLabel(key),
    exitOf: (key) => (exits.find((exit) => exit.key === key) as { on?: Exit } | undefined)?.on,
  };
};

const fallbackLabel = (key: string): string => (key.length <= 3 ? key.toUpperCase() : humanize(key));
