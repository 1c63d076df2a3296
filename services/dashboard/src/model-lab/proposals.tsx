import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Panel } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { useDraftProposals, useProposals } from './learning.js';
import classes from './model-lab.module.css';

/** Rules whose points do not fit the verdicts of sales, and a draft with other ones. */
export const Proposals = (): ReactNode => {
  const navigate = useNavigate();
  const draft = useDraftProposals();
  return (
    <Panel title="Proposals" note="Rules whose points do not fit what sales said about the leads.">
      <Loaded query={useProposals()} lines={2}>
        {(proposals) =>
          proposals.length === 0 ? (
            <p>None: the verdicts give no reason to change the points of a rule.</p>
          ) : (
            <>
              <ul className={classes.list}>
                {proposals.map(({ rule, words }) => (
                  <li key={rule}>{words}</li>
                ))}
              </ul>
              <Button
                loading={draft.isPending}
                onClick={() =>
                  draft.mutate(undefined, {
                    onSuccess: ({ definitionId }) => void navigate(`/definitions/${definitionId}`),
                  })
                }
              >
                Draft a scoring model with them
              </Button>
            </>
          )
        }
      </Loaded>
      {draft.error && <Failure fault={draft.error} />}
    </Panel>
  );
};
