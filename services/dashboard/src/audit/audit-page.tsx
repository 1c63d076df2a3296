import { Button, Table, TextInput, UnstyledButton } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { api, bodyOf } from '../api/client.js';
import type { AuditEntry } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { Name } from '../ui/name.js';
import { Page, Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { ShowOlder } from '../ui/show-older.js';
import { Empty, Loaded } from '../ui/states.js';
import { actionText, changesText, resultText } from './action-text.js';
import classes from './audit-page.module.css';

interface Filter {
  readonly actorId?: string;
  readonly objectId?: string;
  readonly action?: string;
  readonly from?: string;
  readonly to?: string;
}

const useAudit = (filter: Filter) =>
  useInfiniteQuery({
    queryKey: ['audit', filter],
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      bodyOf(
        api.GET('/audit', {
          params: { query: { ...filter, ...(pageParam && { cursor: pageParam }) } },
          signal,
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

/** Who did or read what. */
export const AuditPage = (): ReactNode => {
  const [filter, setFilter] = useState<Filter>({});
  const entries = useAudit(filter);
  return (
    <Page title="Audit" lead="Everything that changed something, every login, and every lead that was read.">
      <Panel title="Newest first">
        <Filters filter={filter} onChange={setFilter} />
        <Loaded query={entries} lines={8}>
          {({ pages }) => <Entries items={pages.flatMap((page) => page.items)} onFilter={setFilter} />}
        </Loaded>
        <ShowOlder list={entries} />
      </Panel>
    </Page>
  );
};

const FIELDS = [
  ['action', 'Action contains', 'text'],
  ['actorId', 'Id of the person', 'text'],
  ['objectId', 'Id of the lead, hand-off …', 'text'],
  ['from', 'From', 'date'],
  ['to', 'Before', 'date'],
] as const;

const Filters = ({ filter, onChange }: { filter: Filter; onChange: (filter: Filter) => void }): ReactNode => (
  <div className={classes.filters} role="search">
    {FIELDS.map(([name, label, type]) => (
      <TextInput
        key={name}
        label={label}
        type={type}
        size="xs"
        value={filter[name] ?? ''}
        onChange={({ currentTarget: { value } }) => {
          const { [name]: _, ...others } = filter;
          onChange(value === '' ? others : { ...others, [name]: value });
        }}
      />
    ))}
    <Button
      variant="default"
      size="xs"
      onClick={() => onChange({})}
      disabled={Object.keys(filter).length === 0}
    >
      Show all
    </Button>
    <Button
      variant="default"
      size="xs"
      component="a"
      href={`/api/audit/export?${new URLSearchParams({ ...filter }).toString()}`}
      download="audit.csv"
    >
      Export CSV
    </Button>
  </div>
);

const Entries = ({
  items,
  onFilter,
}: {
  items: AuditEntry[];
  onFilter: (filter: Filter) => void;
}): ReactNode =>
  items.length === 0 ? (
    <Empty icon={<ScrollText />} title="No entries">
      Nothing was recorded that fits.
    </Empty>
  ) : (
    <Sideways>
      <Table verticalSpacing={8} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {['When', 'Who', 'What', 'Of', 'From'].map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((entry) => (
            <Table.Tr key={entry.id}>
              <Table.Td className={classes.when ?? ''}>{formatDateTime(entry.at)}</Table.Td>
              <Table.Td>
                <Narrow id={entry.actorId} onClick={(actorId) => onFilter({ actorId })}>
                  <Name>{entry.actorName ?? 'unknown'}</Name>
                </Narrow>
              </Table.Td>
              <Table.Td title={entry.action}>
                {actionText(entry.action)}
                <Result status={entry.status} />
                <Changed changes={entry.changes} />
              </Table.Td>
              <Table.Td>
                <Narrow id={entry.objectId} onClick={(objectId) => onFilter({ objectId })}>
                  {entry.objectId}
                </Narrow>
              </Table.Td>
              <Table.Td>{entry.address}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );

/** What was changed, a line for each field. */
const Changed = ({ changes }: { changes: object | null }): ReactNode =>
  changesText(changes).map((line) => (
    <div key={line} className={classes.changed}>
      <Name>{line}</Name>
    </div>
  ));

const Result = ({ status }: { status: number }): ReactNode => {
  const text = resultText(status);
  return text === undefined ? null : <span className={classes.refused}>, {text}</span>;
};

/** Shows only the entries of this person or object. */
const Narrow = (props: {
  id: string | null;
  onClick: (id: string) => void;
  children: ReactNode;
}): ReactNode => {
  const { id } = props;
  return id === null ? (
    props.children
  ) : (
    <UnstyledButton
      fz="inherit"
      td="underline"
      title="Show only these entries"
      onClick={() => props.onClick(id)}
    >
      {props.children}
    </UnstyledButton>
  );
};
