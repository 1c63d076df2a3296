import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Lead, Merge } from '../api/shapes.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { Panel } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { LikelySame } from './likely-same.js';
import { MergeDialog } from './merge-dialog.js';
import { useMerges, useUndoMerge } from './merges.js';
import classes from './same-person-panel.module.css';

const WORDS: Record<Merge['cause'], string> = {
  identify: 'Named together',
  alias: 'One id replaced the other',
  email: 'Same address',
  manual: 'Merged by hand',
};

/** Why the identifiers of a lead are one person, each to be taken back, and a merge with another lead. */
export const SamePersonPanel = ({ lead }: { lead: Lead }): ReactNode => {
  const me = useMe();
  const merges = useMerges(lead.id);
  const undo = useUndoMerge(lead.id);
  const [merging, setMerging] = useState(false);
  const mayDecide = DEFINER_ROLES.includes(me.role);
  return (
    <Panel
      title="Same person"
      actions={
        mayDecide && (
          <Button size="xs" variant="default" onClick={() => setMerging(true)}>
            Merge with another lead
          </Button>
        )
      }
    >
      {undo.error && <Failure fault={undo.error} />}
      <Loaded query={merges} lines={2}>
        {(list) => {
          const current = list.filter(({ undone }) => !undone);
          return current.length === 0 ? (
            <p className={classes.none}>Known by one identifier.</p>
          ) : (
            <ul className={classes.list}>
              {current.map((merge) => (
                <li key={merge.id} className={classes.merge}>
                  <span>
                    <strong>{WORDS[merge.cause]}</strong>
                    <br />
                    <bdi>{merge.identifiers.map(nameOf).join(' and ')}</bdi>
                    <br />
                    <time dateTime={merge.at}>{formatDateTime(merge.at)}</time>
                    {merge.by && (
                      <>
                        {' '}
                        by <bdi>{merge.by}</bdi>
                      </>
                    )}
                  </span>
                  {mayDecide && (
                    <Button
                      size="compact-xs"
                      variant="default"
                      loading={undo.isPending && undo.variables === merge.id}
                      onClick={() => undo.mutate(merge.id)}
                      aria-label={`Undo: ${merge.identifiers.map(nameOf).join(' and ')}`}
                    >
                      Undo
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          );
        }}
      </Loaded>
      <LikelySame lead={lead} />
      {merging && <MergeDialog lead={lead} onClose={() => setMerging(false)} />}
    </Panel>
  );
};

const nameOf = ({ kind, value }: { kind: string; value: string }): string =>
  kind === 'anonymous' ? 'a device' : kind === 'crm' ? `CRM id ${value}` : value;
