import { Button, Menu, SegmentedControl, TextInput } from '@mantine/core';
import { Database, Download } from 'lucide-react';
import { Fragment, useState, type ReactNode } from 'react';
import { NavLink, Outlet, useLocation } from 'react-router';
import { serverNow } from '../time/now.js';
import { humanize } from '../ui/humanize.js';
import { Page } from '../ui/page.js';
import { SOURCE_ROLES, useMe } from '../session/session.js';
import { isDay, PERIODS, periodIn, useFilters } from './filters.js';
import classes from './reports-page.module.css';

/** The reports; `filters` are those that the request of the file knows beside the period: it refuses others. */
const PAGES = [
  { path: 'overview', label: 'Overview', csv: 'kpis', filters: [] },
  { path: 'funnel', label: 'Funnel', csv: 'funnel', filters: ['by'] },
  { path: 'flow', label: 'Flow', csv: 'flow', filters: ['by'] },
  { path: 'attribution', label: 'Attribution', csv: 'attribution', filters: ['by', 'milestone', 'model'] },
  { path: 'campaigns', label: 'Campaigns', csv: 'campaigns', filters: [] },
] as const;

/** The frame of all reports: their pages, the period and the file of what is shown. */
export const ReportsPage = (): ReactNode => {
  const { pathname, search } = useLocation();
  const current = PAGES.find(({ path }) => pathname.endsWith(`/${path}`)) ?? PAGES[0];
  return (
    <Page
      title={`Reports: ${current.label}`}
      lead="The same numbers for both teams, each with its numerator and denominator."
      actions={<PeriodFilter csv={current.csv} filters={current.filters} />}
    >
      <nav className={classes.tabs} aria-label="Reports">
        {PAGES.map(({ path, label }) => (
          <NavLink key={path} to={{ pathname: `/reports/${path}`, search }} className={classes.tab ?? ''}>
            {label}
          </NavLink>
        ))}
      </nav>
      <Outlet />
    </Page>
  );
};

const PeriodFilter = ({ csv, filters }: { csv: string; filters: readonly string[] }): ReactNode => {
  const { params, set } = useFilters();
  const period = periodIn(params, serverNow());
  const isOwn = params.has('from') || params.has('to');
  const days = isOwn ? 'own' : (params.get('days') ?? '30');
  const file = new URLSearchParams({ ...period, format: 'csv' });
  for (const name of filters) if (params.has(name)) file.set(name, params.get(name)!);
  return (
    <>
      <SegmentedControl
        aria-label="Period"
        data={[...PERIODS, { value: 'own', label: 'Days' }]}
        value={days}
        onChange={(value) =>
          set(
            value === 'own'
              ? { ...period, to: new Date(serverNow()).toISOString().slice(0, 10), days: undefined }
              : { days: value, from: undefined, to: undefined },
          )
        }
      />
      {isOwn && (
        <>
          <DayField label="First day" value={period.from ?? ''} onDay={(from) => set({ from })} />
          <DayField label="Last day" value={period.to ?? ''} onDay={(to) => set({ to })} />
        </>
      )}
      <Button
        component="a"
        href={`/api/reports/${csv}?${file.toString()}`}
        variant="default"
        leftSection={<Download size={15} aria-hidden />}
      >
        CSV
      </Button>
      {SOURCE_ROLES.includes(useMe().role) && <FactFiles />}
    </>
  );
};

const FACTS = ['people', 'milestones', 'touches', 'offers', 'deals'] as const;
const FORMATS = { csv: 'CSV', ndjson: 'NDJSON' } as const;

/** The facts behind the figures as files, all of them, whatever the period. */
const FactFiles = (): ReactNode => (
  <Menu position="bottom-end">
    <Menu.Target>
      <Button variant="default" leftSection={<Database size={15} aria-hidden />}>
        Facts
      </Button>
    </Menu.Target>
    <Menu.Dropdown>
      {Object.entries(FORMATS).map(([format, label]) => (
        <Fragment key={format}>
          <Menu.Label>All facts as {label}</Menu.Label>
          {FACTS.map((table) => (
            <Menu.Item key={table} component="a" href={`/api/reports/facts/${table}?format=${format}`}>
              {humanize(table)} <span className={classes.note}>{label}</span>
            </Menu.Item>
          ))}
        </Fragment>
      ))}
    </Menu.Dropdown>
  </Menu>
);

/** A day that is taken when it is complete. */
const DayField = (props: { label: string; value: string; onDay: (day: string) => void }): ReactNode => {
  const [text, setText] = useState(props.value);
  return (
    <TextInput
      type="date"
      aria-label={props.label}
      value={text}
      onChange={({ currentTarget: { value } }) => {
        setText(value);
        if (isDay(value)) props.onDay(value);
      }}
    />
  );
};
