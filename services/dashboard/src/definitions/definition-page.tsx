import { Button, Group, VisuallyHidden } from '@mantine/core';
import { FilePlus2, Signature } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Definition, DefinitionDetail } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import { Page, Panel } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { formatDateTime } from '../time/format.js';
import { ChangeList } from './change-list.js';
import { changesBetween } from './changes.js';
import classes from './definition-page.module.css';
import { kindName, useDefinition, useInForce, useSign } from './definitions.js';
import { RollBack } from './roll-back.js';
import { teamsToSignFor } from './signature.js';
import { Signatures } from './signatures.js';
import { StateBadge } from './state-badge.js';

/** One version of a definition: its signatures, its changes and its document. */
export const DefinitionPage = (): ReactNode => {
  const { id = '' } = useParams();
  const definition = useDefinition(id);
  const loaded = definition.data;
  return (
    <Page
      key={id}
      title={loaded ? `${kindName(loaded.kind)}, version ${loaded.version}` : 'Definition'}
      lead={loaded?.note || undefined}
      actions={
        loaded && (
          <>
            <RollBack definition={loaded} />
            <Button
              component={Link}
              to={`/definitions/new/${loaded.kind}?from=${loaded.id}`}
              variant="default"
              leftSection={<FilePlus2 size={16} aria-hidden />}
            >
              Draft from this version
            </Button>
          </>
        )
      }
    >
      <Loaded query={definition} lines={10}>
        {(shown) => (
          <div className={classes.stack}>
            <Signing definition={shown} />
            <InWords sentences={shown.sentences} />
            <Difference definition={shown} />
            <Panel title="Document">
              <pre className={classes.document} tabIndex={0}>
                {JSON.stringify(shown.document, null, 2)}
              </pre>
            </Panel>
          </div>
        )}
      </Loaded>
    </Page>
  );
};

const Signing = ({ definition }: { definition: Definition }): ReactNode => {
  const sign = useSign(definition);
  const teams = teamsToSignFor(definition, useMe());
  return (
    <Panel
      title="Signatures"
      note={`Drafted by ${definition.createdBy}, ${formatDateTime(definition.createdAt)}`}
      actions={<StateBadge state={definition.state} />}
    >
      <Group justify="space-between" align="flex-end">
        <Signatures definition={definition} />
        <Group gap="sm">
          {teams.map((team) => (
            <Button
              key={team}
              leftSection={<Signature size={17} aria-hidden />}
              loading={sign.isPending}
              onClick={() => sign.mutate(team)}
            >
              Sign for {team}
            </Button>
          ))}
        </Group>
      </Group>
      {sign.error && (
        <div className={classes.refused}>
          <Failure fault={sign.error} />
        </div>
      )}
      {sign.isSuccess && (
        <p role="status" className={classes.signed}>
          Signed.{' '}
          {sign.data.state === 'active'
            ? 'It is in force now.'
            : 'It holds as soon as the other team signs too.'}
        </p>
      )}
    </Panel>
  );
};

/** What differs from the version it was drafted from, as sentences. */
const InWords = ({ sentences }: { sentences: DefinitionDetail['sentences'] }): ReactNode =>
  sentences.length === 0 ? null : (
    <Panel title="What differs, in words">
      <ul>
        {sentences.map(({ words, before, after }) => (
          <li key={words}>
            <span>{words}</span>
            {before !== null && after !== null && (
              <details>
                <summary>Before and after</summary>
                <del>
                  <VisuallyHidden>was </VisuallyHidden>
                  {before}
                </del>{' '}
                <ins>
                  <VisuallyHidden>is </VisuallyHidden>
                  {after}
                </ins>
              </details>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );

const Difference = ({ definition }: { definition: Definition }): ReactNode => {
  const inForce = useInForce(definition.kind);
  if (!inForce.data || inForce.data.id === definition.id) return null;
  const changes = changesBetween(inForce.data.document, definition.document);
  return (
    <Panel title="What differs" note={`From version ${inForce.data.version}, which is in force`}>
      <ChangeList changes={changes} />
    </Panel>
  );
};
