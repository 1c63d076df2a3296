import { Button } from '@mantine/core';
import { KeyRound, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { WriteKey } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import { useNow } from '../time/now.js';
import { countOf } from '../ui/count.js';
import { Panel } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { RevokeKeyDialog } from './revoke-key-dialog.js';
import { RotateKeyDialog } from './rotate-key-dialog.js';
import { WriteKeyDialog } from './write-key-dialog.js';
import { keyStateOf, restrictionsText } from './write-key-text.js';
import { useWriteKeys } from './write-keys.js';
import classes from './write-keys-panel.module.css';

type Action =
  { readonly what: 'create' } | { readonly what: 'edit' | 'rotate' | 'revoke'; readonly key: WriteKey };
type Choose = (action: Action) => void;

const TONES = { valid: 'good', ending: 'warn', ended: 'plain' } as const;

/** The write keys of a source: what each lets in, when it was used, and what to do with it. */
export const WriteKeysPanel = ({ sourceId }: { sourceId: string }): ReactNode => {
  const keys = useWriteKeys(sourceId);
  const now = useNow();
  const [action, choose] = useState<Action>();
  const close = (): void => choose(undefined);
  return (
    <Panel
      title="Write keys"
      note="Any program with a key may send to this source. Give each site and server a key of its own, so that one can be ended without the others. Forms carry no key: they are taken as long as a valid key takes forms."
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={15} aria-hidden />}
          onClick={() => choose({ what: 'create' })}
        >
          New key
        </Button>
      }
    >
      <Loaded query={keys}>
        {(list) => {
          const ended = list.filter((key) => keyStateOf(key, now).state === 'ended');
          const valid = list.filter((key) => !ended.includes(key));
          return (
            <>
              {valid.length === 0 ? (
                <Empty icon={<KeyRound />} title="No valid key">
                  Everything sent to this source is refused, its forms too. Make a key to take it again.
                </Empty>
              ) : (
                <KeyList label="Write keys" keys={valid} choose={choose} />
              )}
              {ended.length > 0 && (
                <details className={classes.ended}>
                  <summary>{countOf(ended.length, 'key')} ended</summary>
                  <KeyList label="Keys that ended" keys={ended} />
                </details>
              )}
              {action?.what === 'revoke' && (
                <RevokeKeyDialog sourceId={sourceId} revoked={action.key} keys={list} onClose={close} />
              )}
            </>
          );
        }}
      </Loaded>
      {action?.what === 'create' && <WriteKeyDialog sourceId={sourceId} onClose={close} />}
      {action?.what === 'edit' && <WriteKeyDialog sourceId={sourceId} edited={action.key} onClose={close} />}
      {action?.what === 'rotate' && (
        <RotateKeyDialog sourceId={sourceId} rotated={action.key} onClose={close} />
      )}
    </Panel>
  );
};

interface KeyListProps {
  label: string;
  keys: readonly WriteKey[];
  /** Without it nothing can be done with the keys. */
  choose?: Choose;
}

const KeyList = ({ label, keys, choose }: KeyListProps): ReactNode => (
  <ul className={classes.keys} aria-label={label}>
    {keys.map((key) => (
      <li key={key.id}>
        <span className={classes.who}>
          <strong>{key.name}</strong>
          <code>{key.prefix}…</code>
        </span>
        <KeyBadge of={key} />
        <span className={classes.facts}>
          <span>{restrictionsText(key)}</span>
          <span>
            {key.lastUsedAt ? (
              <>
                Last used <Ago iso={key.lastUsedAt} />
              </>
            ) : (
              'Never used'
            )}
            , made <Ago iso={key.createdAt} />
          </span>
        </span>
        {choose && <KeyActions of={key} choose={choose} />}
      </li>
    ))}
  </ul>
);

const KeyBadge = ({ of: key }: { of: WriteKey }): ReactNode => {
  const { state, text } = keyStateOf(key, useNow());
  return (
    <span className={classes.state}>
      <ToneBadge tone={TONES[state]}>{text}</ToneBadge>
    </span>
  );
};

const KeyActions = ({ of: key, choose }: { of: WriteKey; choose: Choose }): ReactNode => {
  const button = (what: 'edit' | 'rotate' | 'revoke', label: string): ReactNode => (
    <Button
      size="xs"
      variant="default"
      aria-label={`${label} ${key.name} (${key.prefix})`}
      onClick={() => choose({ what, key })}
    >
      {label}
    </Button>
  );
  return (
    <span className={classes.actions}>
      {button('edit', 'Edit')}
      {key.replacedBy === null && button('rotate', 'Rotate')}
      {button('revoke', 'Revoke')}
    </span>
  );
};
