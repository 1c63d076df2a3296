import { useInForce } from '../definitions/definitions.js';
import { humanize } from '../ui/humanize.js';

interface Stage {
  readonly key: string;
  readonly label: string;
}

export interface Stages {
  /** The funnel in order, without its exits. */
  readonly path: readonly Stage[];
  labelOf: (key: string) => string;
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
  const all = [...path, ...stagesIn(data?.document, 'exits')];
  return {
    path,
    labelOf: (key) => all.find((stage) => stage.key === key)?.label ?? fallbackLabel(key),
  };
};

const fallbackLabel = (key: string): string => (key.length <= 3 ? key.toUpperCase() : humanize(key));
