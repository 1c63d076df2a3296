import { useFilters } from '../report/filters.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';

/** The version that the cohorts are restated under and the backtest that does it, both in the address. */
export const useRestated = (): {
  /** Whether the user may replay the history. */
  mayRestate: boolean;
  /** Whether the restatement is shown. */
  isRestated: boolean;
  versionId: string;
  backtestId: string | null;
  show: (versionId: string, backtestId?: string) => void;
  hide: () => void;
} => {
  const { params, set } = useFilters();
  const mayRestate = DEFINER_ROLES.includes(useMe().role);
  const versionId = params.get('restate');
  return {
    mayRestate,
    isRestated: mayRestate && versionId !== null,
    versionId: versionId ?? '',
    backtestId: params.get('backtest'),
    show: (restate, backtest) => set({ restate, backtest }),
    hide: () => set({ restate: undefined, backtest: undefined }),
  };
};
