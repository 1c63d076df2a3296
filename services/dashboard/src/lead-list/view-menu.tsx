import { Button, Menu } from '@mantine/core';
import { Bookmark, ChevronDown, Pencil, Plus, Save, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { LeadView } from '../api/shapes.js';
import { plainName } from '../ui/plain-name.js';
import { isSameList } from './list-address.js';
import { newViewId, useLeadViews, useSaveView } from './lead-views.js';
import type { ListControl } from './use-list-address.js';
import { DeleteViewDialog, ViewDialog } from './view-dialog.js';

const ICON = { size: 16, 'aria-hidden': true } as const;

/** Saved views: shows one, saves what is shown, renames and deletes. */
export const ViewMenu = ({ list }: { list: ListControl }): ReactNode => {
  const views = useLeadViews();
  const save = useSaveView();
  const [asked, ask] = useState<'new' | 'rename' | 'delete'>();
  const current = views.data?.find(({ id }) => id === list.view);
  const shown = { conditions: list.conditions, sort: list.sort };
  const isChanged = current !== undefined && !isSameList(current, shown);
  const close = (): void => ask(undefined);
  const saved = (view: string): void => {
    close();
    list.show({ view });
  };
  return (
    <>
      <Menu position="bottom-end" width={270} shadow="md">
        <Menu.Target>
          <Button
            variant="default"
            leftSection={<Bookmark {...ICON} />}
            rightSection={<ChevronDown size={14} aria-hidden />}
          >
            {current ? `${plainName(current.name)}${isChanged ? ' (changed)' : ''}` : 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown mah={420} style={{ overflowY: 'auto' }}>
          {views.error && <Menu.Label>The views could not be loaded.</Menu.Label>}
          {views.data?.length === 0 && <Menu.Label>No view is saved yet.</Menu.Label>}
          {views.data?.map((view) => (
            <Menu.Item
              key={view.id}
              onClick={() => list.show({ conditions: view.conditions, sort: view.sort, view: view.id })}
            >
              {labelOf(view)}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Item leftSection={<Plus {...ICON} />} onClick={() => ask('new')}>
            Save as a new view…
          </Menu.Item>
          {current?.mayChange && (
            <>
              {isChanged && (
                <Menu.Item
                  leftSection={<Save {...ICON} />}
                  onClick={() => save.mutate({ ...current, ...shown })}
                >
                  Save the changes
                </Menu.Item>
              )}
              <Menu.Item leftSection={<Pencil {...ICON} />} onClick={() => ask('rename')}>
                Rename or share…
              </Menu.Item>
              <Menu.Item leftSection={<Trash2 {...ICON} />} onClick={() => ask('delete')}>
                Delete…
              </Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
      {asked === 'new' && (
        <ViewDialog
          title="A new view"
          view={{ id: newViewId(), name: '', shared: false, ...shown }}
          onClose={close}
          onSaved={saved}
        />
      )}
      {asked === 'rename' && current && (
        <ViewDialog title="Rename or share" view={current} onClose={close} onSaved={saved} />
      )}
      {asked === 'delete' && current && (
        <DeleteViewDialog
          view={current}
          onClose={close}
          onDeleted={() => {
            close();
            list.show({ view: undefined });
          }}
        />
      )}
    </>
  );
};

const labelOf = ({ name, shared, owner, mayChange }: LeadView): string =>
  `${plainName(name)}${shared ? (mayChange ? ' (shared)' : ` (by ${plainName(owner)})`) : ''}`;
