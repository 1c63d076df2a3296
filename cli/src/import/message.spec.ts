import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { UsageError } from '../cli-error.js';
import { mappingOf, type MappingOptions } from './mapping.js';
import { messagesOf } from './message.js';
import type { Outcome } from './outcome.js';
import type { Reading } from './row-reader.js';
import { RowFault } from './row-fault.js';

type Row = Readonly<Record<string, unknown>>;

const READING: Reading = {
  ...{ timeZone: 'UTC', order: undefined, decimalMark: '.' },
  outcomes: new Map<string, Outcome>([['gewonnen', 'won']]),
  now: Date.parse('2026-01-05T09:00:00Z'),
};
const NO_OPTIONS: MappingOptions = { columns: new Map() };

const mappingFor = (columns: readonly string[], options: Partial<MappingOptions> = {}) =>
  mappingOf(columns, { ...NO_OPTIONS, ...options });

const sent = (row: Row, options: Partial<MappingOptions> = {}, reading = READING) => {
  const columns = Object.keys(row);
  const values = new Map(Object.entries(row).filter(([, value]) => value !== ''));
  return messagesOf({ line: 2, text: '', columns, values }, mappingFor(columns, options), reading);
};
const bodies = (...given: Parameters<typeof sent>): Row[] =>
  sent(...given).map(({ body: { messageId: _, ...body } }) => body);
const ids = (...given: Parameters<typeof sent>): unknown[] =>
  sent(...given).map(({ body }) => body['messageId']);
const faultOf = (work: () => unknown): RowFault => {
  try {
    work();
  } catch (fault) {
    if (fault instanceof RowFault) return fault;
    throw fault;
  }
  throw new Error('no fault');
};

describe('columns', () => {
  it.each<[string, Partial<MappingOptions>, object]>([
    ['E-mail address', {}, { to: 'trait', as: 'email' }],
    ['Vorname', {}, { to: 'trait', as: 'firstName' }],
    ['contact.jobTitle', {}, { to: 'trait', as: 'jobTitle' }],
    ['Plan', {}, { to: 'trait', as: 'Plan' }],
    ['hubspot_id', {}, { to: 'trait', as: 'hubspot_id' }],
    ['User ID', {}, { to: 'field', field: 'userId' }],
    ['Created at', {}, { to: 'field', field: 'at' }],
    ['Erstellt am', {}, { to: 'field', field: 'at' }],
    ['UTM Source', {}, { to: 'field', field: 'source' }],
    ['Amount', {}, { to: 'trait', as: 'Amount' }],
    ['Amount', { kind: 'outcomes' }, { to: 'field', field: 'amount' }],
    ['event', { kind: 'activities' }, { to: 'field', field: 'event' }],
    ['Title', { kind: 'activities' }, { to: 'property', name: 'Title' }],
    ['Title', {}, { to: 'trait', as: 'jobTitle' }],
    ['properties.plan', { kind: 'activities' }, { to: 'property', name: 'plan' }],
    ['context.traits.email', { kind: 'activities' }, { to: 'trait', as: 'email' }],
  ])('%s (%j) becomes %j', (column, options, target) => {
    const others = ['mail', 'event', 'at', 'outcome', 'closedAt'].filter((name) => name !== column);
    const all = options.kind === undefined ? ['mail', column] : [column, ...others];
    expect(mappingFor(all, options).targetOf(column)).toMatchObject(target);
  });

  it.each([
    [
      'HubSpot',
      'Record ID,First Name,Email,Phone Number,Mobile Phone Number,Associated Company,Create Date,Country/Region,Number of Employees',
      'crmId,firstName,email,phone,phone,company,at,country,employees',
    ],
    [
      'Salesforce',
      'Lead ID,Last Name,Title,Company / Account,Email,No. of Employees,Created Date,Industry',
      'crmId,lastName,jobTitle,company,email,employees,at,industry',
    ],
    ['Pipedrive', 'Person - ID,Person - Name,Person - Email,Organization - Name', 'crmId,name,email,company'],
    ['Dynamics', '(Do Not Modify) Lead,Full Name,Email,Created On', 'crmId,name,email,at'],
    ['an id of a CRM by its name', 'Record ID,hubspot_id,Contact ID', 'Record ID,hubspot_id,Contact ID'],
    ['several ids', 'Contact ID,Lead ID,mail', 'crmId,Lead ID,email'],
  ])('of an export of %s are known', (_, header, targets) => {
    const columns = header.split(',');
    const { targetOf } = mappingFor(columns);
    const known = columns.map((column) => {
      const target = targetOf(column);
      return target.to === 'field' ? target.field : target.to === 'trait' ? target.as : target.to;
    });
    expect(known).toEqual(targets.split(','));
  });

  it('of the same field are traits after the first', () => {
    const mapping = mappingFor(['mail', 'created', 'Create date']);
    expect(mapping.columnOf('at')).toBe('created');
    expect(mapping.targetOf('Create date')).toMatchObject({ to: 'trait' });
  });

  it('are what the options say', () => {
    const columns = new Map<string, string | string[]>([
      ['email', 'Kontakt'],
      ['at', 'seit'],
      ['ignore', ['Notiz', 'Intern']],
    ]);
    const mapping = mappingFor(['Kontakt', 'Seit', 'Notiz', 'intern'], { columns });
    expect(['Kontakt', 'Seit', 'Notiz', 'intern'].map((column) => mapping.targetOf(column).to)).toEqual([
      'trait',
      'field',
      'nothing',
      'nothing',
    ]);
  });

  it.each<[string[], Partial<MappingOptions>, RegExp]>([
    [['name', 'company'], {}, /No column says who/],
    [['mail', 'event'], {}, /when it was done/],
    [['mail', 'at'], { kind: 'activities' }, /what was done/],
    [['mail', 'outcome'], {}, /when the outcome was/],
    [['mail', 'at'], { kind: 'outcomes' }, /the outcome/],
    [['mail'], { columns: new Map([['email', 'mial']]) }, /Did you mean "mail"/],
    [
      ['mail', 'x'],
      {
        columns: new Map([
          ['email', 'x'],
          ['userId', 'x'],
        ]),
      },
      /named twice/,
    ],
  ])('%j (%j) are refused', (columns, options, message) => {
    expect(() => mappingFor(columns, options)).toThrow(message);
    expect(() => mappingFor(columns, options)).toThrow(UsageError);
  });
});

describe('a lead', () => {
  it('is identified at the time of the row, with its campaign', () => {
    const row = {
      mail: 'ada@x.example',
      created: '2024-03-05',
      utm_source: 'google',
      utm_medium: 'cpc',
      Plan: 'pro',
    };
    expect(bodies(row)).toEqual([
      {
        type: 'identify',
        traits: { mail: 'ada@x.example', Plan: 'pro' },
        timestamp: '2024-03-05T00:00:00.000Z',
        context: { campaign: { source: 'google', medium: 'cpc' } },
      },
    ]);
  });

  it('has its outcome as a deal of its own, reported with who it is and nothing else', () => {
    const row = {
      mail: 'ada@x.example',
      created: '2024-03-05',
      outcome: 'Gewonnen',
      'Close date': '2024-05-01',
      newsletter: 'yes',
    };
    const [, won] = bodies({ ...row, amount: '1,200.50', currency: 'EUR' });
    expect(won).toEqual({
      type: 'track',
      event: 'Deal Won',
      timestamp: '2024-05-01T00:00:00.000Z',
      properties: { amount: 1200.5, currency: 'EUR', deal_id: expect.stringMatching(/^lead-[0-9a-f]{16}$/) },
      context: { traits: { mail: 'ada@x.example' } },
    });
  });

  it.each<[string, Row, [string, string][]]>([
    ['won', {}, [['Deal Won', '2024-05-01']]],
    ['Closed Lost', {}, [['Deal Lost', '2024-05-01']]],
    [
      'won',
      { openedAt: '2024-04-01' },
      [
        ['Deal Created', '2024-04-01'],
        ['Deal Won', '2024-05-01'],
      ],
    ],
    ['open', { openedAt: '2024-04-01' }, [['Deal Created', '2024-04-01']]],
    [
      'churned',
      {},
      [
        ['Deal Won', '2024-05-01'],
        ['Deal Churned', '2024-05-01'],
      ],
    ],
    [
      'churned',
      { wonAt: '2024-04-02' },
      [
        ['Deal Won', '2024-04-02'],
        ['Deal Churned', '2024-05-01'],
      ],
    ],
    [
      'renewed',
      { openedAt: '2024-03-01', wonAt: '2024-04-02' },
      [
        ['Deal Created', '2024-03-01'],
        ['Deal Won', '2024-04-02'],
        ['Deal Renewed', '2024-05-01'],
      ],
    ],
    ['rejected', {}, [['Lead Rejected', '2024-05-01']]],
    ['SQL', {}, [['Lead Qualified', '2024-05-01']]],
    ['ignore', {}, []],
    ['', {}, []],
  ])('with the outcome "%s" and %j has the reports %j', (outcome, more, reports) => {
    const row = { mail: 'a@x.example', outcome, at: '2024-05-01', ...more };
    const found = bodies(row, { kind: 'outcomes' });
    expect(found.map(({ event, timestamp }) => [event, String(timestamp).slice(0, 10)])).toEqual(reports);
  });

  it('has the same deal in a file of leads and in one of outcomes', () => {
    const dealOf = (row: Row, options: Partial<MappingOptions> = {}) =>
      (bodies(row, options).at(-1)!['properties'] as Row)['deal_id'];
    const lead = {
      userId: 'u-1',
      mail: 'Ada@X.example',
      created: '2024-03-05',
      outcome: 'won',
      outcomeAt: '2024-05-01',
    };
    expect(
      dealOf({ 'E-Mail': 'ada@x.example', outcome: 'churned', at: '2025-05-01' }, { kind: 'outcomes' }),
    ).toBe(dealOf(lead));
  });
});

describe('an activity', () => {
  const done = { mail: 'a@x.example', event: 'Demo Requested', time: '2024-05-01T10:00:00Z' };

  it('has who, what and when, and everything else as properties', () => {
    expect(bodies({ ...done, company: 'X', Title: 'Pricing' })).toEqual([
      {
        type: 'track',
        event: 'Demo Requested',
        timestamp: '2024-05-01T10:00:00.000Z',
        properties: { company: 'X', Title: 'Pricing' },
        context: { traits: { mail: 'a@x.example' } },
      },
    ]);
  });

  it.each<[Row, Row]>([
    [
      { event: 'Page View', url: 'https://x.example/pricing' },
      { type: 'page', name: 'Page View' },
    ],
    [{ event: '', url: 'https://x.example/pricing' }, { type: 'page' }],
    [
      { event: 'Download', url: 'https://x.example/pricing' },
      { type: 'track', event: 'Download' },
    ],
    [
      { type: 'Screen', event: 'Home' },
      { type: 'screen', name: 'Home' },
    ],
  ])('%j is %j', (row, message) => expect(bodies({ ...done, ...row })[0]).toMatchObject(message));

  it('has the id that the file gives it', () => expect(ids({ ...done, messageId: 'm-1' })).toEqual(['m-1']));

  it('keeps its id with another mapping, time zone and order of columns', () => {
    const row = { mail: 'a@x.example', event: 'Demo', time: '2024-05-01 10:00', x: 1 };
    const turned = Object.fromEntries(Object.entries(row).reverse());
    const [id] = ids(row);
    expect(ids(row, { columns: new Map([['ignore', ['x']]]) })).toEqual([id]);
    expect(ids(row, {}, { ...READING, timeZone: 'Asia/Tokyo' })).toEqual([id]);
    expect(ids(turned)).toEqual([id]);
    expect(ids({ ...row, x: 2 })).not.toEqual([id]);
  });
});

describe('ids of messages', () => {
  it('depend on the content alone', () => {
    const text = fc.string({ minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(text, text, (one, other) => {
        const idsOf = (plan: string) =>
          ids({ mail: 'a@x.example', plan, outcome: 'won', outcomeAt: '2024-05-01' });
        expect(idsOf(one)).toEqual(idsOf(one));
        expect(idsOf(one)[0] === idsOf(other)[0]).toBe(one === other);
        // The outcome is the same, whatever else the lead is.
        expect(idsOf(one)[1]).toBe(idsOf(other)[1]);
      }),
    );
  });
});

describe('a row is refused', () => {
  const lead = { mail: 'a@x.example', created: '2024-05-01', company: 'Secret Ltd' };
  const won = { ...lead, outcome: 'won', outcomeAt: '2024-05-01' };

  it.each<[Row, string, RegExp]>([
    [{ ...lead, mail: 'nobody' }, 'mail', /no e-mail address/],
    [{ ...lead, mail: '' }, '', /no e-mail address, user id/],
    [{ ...lead, mail: '', userId: 'undefined' }, '', /no e-mail address, user id/],
    [{ ...lead, created: '2024-02-30' }, 'created', /no date that exists/],
    [{ ...lead, created: '03.04.2024' }, 'created', /may be two days/],
    [{ ...lead, created: '1969-12-31' }, 'created', /before 1970/],
    [{ ...lead, created: '2026-01-06' }, 'created', /in the future/],
    [{ ...won, outcome: 'Secret' }, 'outcome', /no known outcome/],
    [{ ...won, outcomeAt: '' }, 'outcomeAt', /needs its time/],
    [{ ...won, amount: 'much', currency: 'EUR' }, 'amount', /no number/],
    [{ ...won, amount: '-5', currency: 'EUR' }, 'amount', /negative/],
    [{ ...won, amount: '5', currency: 'Euro' }, 'currency', /ISO 4217/],
    [{ ...lead, note: 'x'.repeat(40_000) }, '', /more than 32 KB/],
    [{ mail: 'a@x.example', event: 'Demo', time: '' }, 'time', /needs its time/],
    [{ mail: 'a@x.example', event: '', time: '2024-05-01' }, 'event', /name of its event/],
  ])('%j: %s', (row, column, reason) => {
    const fault = faultOf(() => sent(row));
    expect([fault.column, fault.reason]).toEqual([column, expect.stringMatching(reason)]);
  });

  it('without quoting what is in it', () => {
    for (const row of [
      { ...lead, mail: 'Secret' },
      { ...lead, created: 'Secret' },
      { ...won, outcome: 'Secret' },
    ])
      expect(`${faultOf(() => sent(row)).message}${faultOf(() => sent(row)).advice}`).not.toContain('Secret');
  });
});
