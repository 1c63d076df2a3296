import { Anchor, Button, Text } from '@mantine/core';
import { KeyRound, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { ApiToken } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import list from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { plainName } from '../ui/plain-name.js';
import { ShowOlder } from '../ui/show-older.js';
import { Empty, Failure, Loaded } from '../ui/states.js';
import { ResultDialog } from '../ui/result-dialog.js';
import classes from './access-page.module.css';
import { CreateTokenDialog } from './create-token-dialog.js';
import { GivenAccess } from './given-access.js';
import { TokenRow } from './token-row.js';
import { useRevokeToken, useTokens } from './tokens.js';

/** API tokens of programs. */
export const AccessPage = (): ReactNode => {
  const tokens = useTokens();
  const [creating, setCreating] = useState(false);
  const [revoked, revoke] = useState<ApiToken>();
  const create = (
    <Button leftSection={<Plus size={17} aria-hidden />} onClick={() => setCreating(true)}>
      New API token
    </Button>
  );
  const isEmpty = tokens.data?.pages[0]?.items.length === 0;
  return (
    <Page
      title="Access"
      lead="API tokens, with which programs use Baton without a person."
      actions={!isEmpty && create}
    >
      <div className={list.list}>
        <Loaded query={tokens} lines={6}>
          {({ pages }) =>
            isEmpty ? (
              <Empty icon={<KeyRound />} title="No API token yet">
                A program needs one to read leads and reports or to change something. Give each program its
                own, with the least that it needs.
                <span className={classes.first}>{create}</span>
              </Empty>
            ) : (
              <ul aria-label="API tokens">
                {pages
                  .flatMap(({ items }) => items)
                  .map((token) => (
                    <TokenRow key={token.id} token={token} onRevoke={() => revoke(token)} />
                  ))}
              </ul>
            )
          }
        </Loaded>
        {tokens.hasNextPage && (
          <div className={classes.more}>
            <ShowOlder list={tokens} />
          </div>
        )}
      </div>
      <p className={classes.other}>
        Web sites and servers send events with a write key, one for each source:{' '}
        <Anchor component={Link} to="/sources" inherit underline="always">
          Sources
        </Anchor>
        .
      </p>
      {creating && <CreateTokenDialog onClose={() => setCreating(false)} />}
      {revoked && <RevokeDialog token={revoked} onClose={() => revoke(undefined)} />}
    </Page>
  );
};

const RevokeDialog = ({ token, onClose }: { token: ApiToken; onClose: () => void }): ReactNode => {
  const revoke = useRevokeToken();
  const name = plainName(token.name);
  if (revoke.data && revoke.data.users.length > 0)
    return (
      <ResultDialog title={`${name} is revoked`} onClose={onClose}>
        <GivenAccess users={revoke.data.users} />
      </ResultDialog>
    );
  return (
    <FormDialog
      title={`Revoke ${name}?`}
      action="Revoke"
      danger
      ready
      busy={revoke.isPending}
      refusal={revoke.error ? <Failure fault={revoke.error} /> : null}
      onClose={onClose}
      onSubmit={() => revoke.mutate(token.id, { onSuccess: ({ users }) => users.length === 0 && onClose() })}
    >
      <Text size="sm">
        The next request with it is refused, and open streams end within 30 seconds. Tokens and one-time links
        that it made end with it. It cannot be made valid again: a program that still needs access gets a new
        token.
      </Text>
    </FormDialog>
  );
};
