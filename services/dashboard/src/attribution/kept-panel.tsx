import { Button, Group } from '@mantine/core';
import { Archive } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { KeptFigures } from '../api/shapes.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { Ago } from '../time/ago.js';
import { Name } from '../ui/name.js';
import { Panel } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { KeptComparison } from './kept-comparison.js';
import { DeleteKeptDialog } from './kept-dialogs.js';
import classes from './kept-panel.module.css';
import { useKeptList } from './kept.js';
import { questionText } from './kept-texts.js';

/** The figures that were kept; each opens beside those of today. */
export const KeptPanel = (): ReactNode => {
  const list = useKeptList();
  const mayDelete = DEFINER_ROLES.includes(useMe().role);
  const [opened, open] = useState<string>();
  const [deleted, askToDelete] = useState<KeptFigures>();
  return (
    <Panel
      title="Kept figures"
      note="As they were when somebody kept them; nothing that came later changes them."
    >
      <Loaded query={list}>
        {(items) =>
          items.length === 0 ? (
            <Empty icon={<Archive />} title="No figures are kept">
              {mayDelete && 'Keep those above, so that they can be shown as they are now.'}
            </Empty>
          ) : (
            <ul className={classes.list}>
              {items.map((kept) => (
                <KeptRow
                  key={kept.id}
                  kept={kept}
                  isOpen={kept.id === opened}
                  onToggle={() => open(kept.id === opened ? undefined : kept.id)}
                  {...(mayDelete && { onDelete: () => askToDelete(kept) })}
                />
              ))}
            </ul>
          )
        }
      </Loaded>
      {deleted && <DeleteKeptDialog kept={deleted} onClose={() => askToDelete(undefined)} />}
    </Panel>
  );
};

interface KeptRowProps {
  kept: KeptFigures;
  isOpen: boolean;
  onToggle: () => void;
  /** For those who may. */
  onDelete?: () => void;
}

const KeptRow = ({ kept, isOpen, onToggle, onDelete }: KeptRowProps): ReactNode => (
  <li>
    <div className={classes.row}>
      <div className={classes.what}>
        <strong>
          <Name>{kept.name}</Name>
        </strong>
        <span>{questionText(kept.question)}</span>
        <span>
          Kept <Ago iso={kept.keptAt} /> by <Name>{kept.keptBy}</Name>, version {kept.version}
        </span>
      </div>
      <Group gap="xs">
        <Button
          size="xs"
          variant="default"
          aria-label={`${isOpen ? 'Close' : 'Open'} ${kept.name}`}
          aria-expanded={isOpen}
          onClick={onToggle}
        >
          {isOpen ? 'Close' : 'Open'}
        </Button>
        {onDelete && (
          <Button size="xs" variant="default" aria-label={`Delete ${kept.name}`} onClick={onDelete}>
            Delete
          </Button>
        )}
      </Group>
    </div>
    {isOpen && <KeptComparison id={kept.id} />}
  </li>
);
