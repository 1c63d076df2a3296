import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ApiToken } from '../api/shapes.js';
import { ROLE_NAMES } from '../session/session.js';
import { Ago } from '../time/ago.js';
import { formatDate } from '../time/format.js';
import { useNow } from '../time/now.js';
import { Name } from '../ui/name.js';
import { plainName } from '../ui/plain-name.js';
import { ToneBadge } from '../ui/tone-badge.js';
import classes from './access-page.module.css';
import { scopeName } from './scope-texts.js';
import { Failure } from '../ui/states.js';
import { useTakeOverToken } from './tokens.js';
import { tokenStateOf } from './token-state.js';

/** An API token in the list. */
export const TokenRow = ({ token, onRevoke }: { token: ApiToken; onRevoke: () => void }): ReactNode => {
  const { tone, text, isValid } = tokenStateOf(token, useNow(10_000));
  return (
    <li className={classes.row} data-ended={!isValid || undefined}>
      <span className={classes.what}>
        <strong>
          <Name>{token.name}</Name>
        </strong>
        {token.prefix !== '' && <span className={classes.prefix}>{token.prefix}…</span>}
      </span>
      <span className={`${classes.what} ${classes.role}`}>
        <span>{scopeName(token.scope)}</span>
        <span className={classes.dim}>Role: {ROLE_NAMES[token.role]}</span>
      </span>
      <span className={classes.state}>
        <ToneBadge tone={tone}>{text}</ToneBadge>
      </span>
      <span className={classes.times}>
        <span>
          {token.usedAt === null ? (
            'Never used'
          ) : (
            <>
              Used <Ago iso={token.usedAt} />
            </>
          )}
        </span>
        <span>
          Created {formatDate(token.createdAt)}
          {token.createdBy !== null && (
            <>
              {' '}
              by <Name>{token.createdBy}</Name>
            </>
          )}
        </span>
        <End token={token} />
      </span>
      <span className={classes.action}>
        {isValid && token.suspended && <TakeOver token={token} />}
        {isValid && (
          <Button
            variant="default"
            size="xs"
            aria-label={`Revoke ${plainName(token.name)}`}
            onClick={onRevoke}
          >
            Revoke…
          </Button>
        )}
      </span>
    </li>
  );
};

/** Whoever made the token may make none any more: another administrator stands for it. */
const TakeOver = ({ token }: { token: ApiToken }): ReactNode => {
  const takeOver = useTakeOverToken();
  return (
    <>
      {takeOver.error && <Failure fault={takeOver.error} />}
      <Button
        size="xs"
        loading={takeOver.isPending}
        aria-label={`Take over ${plainName(token.name)}`}
        title="Whoever made it is disabled or no administrator any more: it is refused until somebody takes it over."
        onClick={() => takeOver.mutate(token.id)}
      >
        Take over
      </Button>
    </>
  );
};

const End = ({ token: { expiresAt, revokedAt, revokedBy } }: { token: ApiToken }): ReactNode => {
  if (revokedAt !== null)
    return (
      <span>
        Revoked {formatDate(revokedAt)}
        {revokedBy !== null && (
          <>
            {' '}
            by <Name>{revokedBy}</Name>
          </>
        )}
      </span>
    );
  return <span>{expiresAt === null ? 'Never ends' : `Ends ${formatDate(expiresAt)}`}</span>;
};
