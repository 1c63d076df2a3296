import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../api/client.js';
import type { Lead } from '../api/shapes.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { Panel } from '../ui/page.js';
import { Failure } from '../ui/states.js';
import { restOf, storyOf } from './stage-story.js';
import { useStages } from './stages.js';
import classes from './story-panel.module.css';

const useReopen = (id: string) => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/leads/{id}/reopen', { params: { path: { id } } })),
    onSuccess: () =>
      Promise.all(
        ['lead', 'leads', 'leads-by-id', 'handoffs'].map((key) =>
          client.invalidateQueries({ queryKey: [key] }),
        ),
      ),
  });
};

/** Why the lead is in its stage: each change with its reason, how long it rests, and what marketing was told. */
export const StoryPanel = ({
  lead,
  className,
}: {
  lead: Lead;
  className?: string | undefined;
}): ReactNode => {
  const me = useMe();
  const { labelOf, exitOf } = useStages();
  const reopen = useReopen(lead.id);
  const rest = restOf(lead, exitOf(lead.stage), serverNow());
  const story = storyOf(lead, labelOf);
  return (
    <Panel
      title="Why this stage"
      className={className}
      actions={
        rest !== undefined &&
        DEFINER_ROLES.includes(me.role) && (
          <Button size="xs" variant="default" loading={reopen.isPending} onClick={() => reopen.mutate()}>
            Reopen
          </Button>
        )
      }
    >
      {reopen.error && <Failure fault={reopen.error} />}
      {rest !== undefined && <p className={classes.rest}>{rest}</p>}
      {story.length === 0 ? (
        <p className={classes.none}>It has been in its first stage since it is known.</p>
      ) : (
        <ol className={classes.story} aria-label="Changes of stage, newest first" tabIndex={0}>
          {story.map(({ at, what, why }, place) => (
            <li key={`${at}-${place}`}>
              <strong>{what}</strong> <time dateTime={at}>{formatDateTime(at)}</time>
              {why && <p>{why}</p>}
            </li>
          ))}
        </ol>
      )}
    </Panel>
  );
};
