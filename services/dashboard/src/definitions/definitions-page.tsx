import { Button, VisuallyHidden } from '@mantine/core';
import { FilePlus2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Definition } from '../api/shapes.js';
import { Page, Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { formatDateTime } from '../time/format.js';
import classes from './definitions-page.module.css';
import { kindName, useDefinitions } from './definitions.js';
import { Signatures } from './signatures.js';
import { StateBadge } from './state-badge.js';

export const MEANINGS: Record<string, string> = {
  funnel: 'The stages, and when a lead reaches each of them.',
  'scoring-model': 'What gives points, how they fade, and where they are capped.',
  'sla-policy': 'How long sales has, what happens when a seller does not respond, and the reasons to reject.',
  'routing-rules': 'Which seller a sales-ready lead is offered to, and which team gets the rest.',
  agreement: 'What marketing and sales owe each other, by segment and period.',
};

/** All kinds of definition with all their versions. */
export const DefinitionsPage = (): ReactNode => {
  const definitions = useDefinitions();
  return (
    <Page
      title="Definitions"
      lead="What both teams signed. A new version holds from the second signature on."
    >
      <Loaded query={definitions}>
        {(all) => (
          <div className={classes.kinds}>
            {[...new Set(all.map(({ kind }) => kind))].sort().map((kind) => (
              <KindPanel key={kind} kind={kind} versions={all.filter((each) => each.kind === kind)} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
};

const KindPanel = ({ kind, versions }: { kind: string; versions: Definition[] }): ReactNode => (
  <Panel
    title={kindName(kind)}
    note={MEANINGS[kind]}
    actions={
      <Button
        component={Link}
        to={`/definitions/new/${kind}`}
        size="xs"
        variant="default"
        leftSection={<FilePlus2 size={15} aria-hidden />}
      >
        Draft a new version
        <VisuallyHidden> of {kindName(kind)}</VisuallyHidden>
      </Button>
    }
  >
    <ul className={classes.versions}>
      {versions
        .toSorted((a, b) => b.version - a.version)
        .map((definition) => (
          <li key={definition.id}>
            <div className={classes.version}>
              <Link
                to={`/definitions/${definition.id}`}
                aria-label={`${kindName(kind)} version ${definition.version}`}
              >
                Version {definition.version}
              </Link>
              <StateBadge state={definition.state} />
              <span className={classes.quiet}>
                {definition.activeFrom
                  ? `from ${formatDateTime(definition.activeFrom)}`
                  : `drafted by ${definition.createdBy}, ${formatDateTime(definition.createdAt)}`}
              </span>
            </div>
            {definition.note && <p className={classes.note}>{definition.note}</p>}
            <Signatures definition={definition} />
          </li>
        ))}
    </ul>
  </Panel>
);
