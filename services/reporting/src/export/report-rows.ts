/** A row of a table: names of columns and their values. */
type Row = Readonly<Record<string, string | number | null>>;

/** Answers of the reports, as far as their tables need them. */
interface Ratio {
  readonly key: string;
  readonly numerator: number;
  readonly denominator: number;
}
interface Flow {
  readonly stage: string;
  readonly before: number;
  readonly came: number;
  readonly left: number;
  readonly after: number;
}
interface Attribution {
  readonly conversions: number;
  readonly currency: string;
  readonly version: number;
  readonly keys: { key: string; credits: { model: string; conversions: number; value: number }[] }[];
}

const attribution = (answer: Attribution): Row[] =>
  answer.keys.flatMap(({ key, credits }) =>
    credits.map(({ model, conversions, value }) => ({
      ...{ key, model, version: answer.version, conversions, of: answer.conversions, value },
      currency: answer.currency,
    })),
  );

type RowsOf = (answer: any) => Row[];

/** Tables of the reports by route: one row per figure or group, with numerator and denominator. */
export const ROWS_OF: Readonly<Record<string, RowsOf>> = {
  '/reports/funnel': (answer: {
    groups: { key: string; rates: { stage: string; numerator: number; denominator: number }[] }[];
  }) => answer.groups.flatMap(({ key, rates }) => rates.map((rate) => ({ group: key, ...rate }))),
  '/reports/flow': (answer: { groups: { key: string; stages: Flow[] }[] }) =>
    answer.groups.flatMap(({ key, stages }) => stages.map((stage) => ({ group: key, ...stage }))),
  '/reports/touches': (answer: { groups: { key: string; touches: number; bots: number }[] }) =>
    answer.groups.map(({ key, touches, bots }) => ({ group: key, touches, bots })),
  '/reports/attribution': attribution,
  '/reports/attribution/kept/:id': ({ answer }: { answer: Attribution }) => attribution(answer),
  '/reports/paths': (answer: {
    conversions: number;
    paths: { path: string[]; conversions: number; value: number }[];
  }) =>
    answer.paths.map(({ path, conversions, value }) => ({
      ...{ path: path.join(' > '), conversions, of: answer.conversions, value },
    })),
  '/reports/kpis': (
    answer: Record<string, Ratio[]> & {
      times: { key: string; count: number; medianSeconds: number; p90Seconds: number }[];
    },
  ) => [
    ...['conversions', 'agreement', 'deals', 'rejections', 'competitors', 'amounts'].flatMap((table) =>
      answer[table]!.map(({ key, numerator, denominator }) => ({ table, key, numerator, denominator })),
    ),
    ...answer.times.map((time) => ({ table: 'times', ...time })),
  ],
  '/reports/campaigns': (answer: { items: Row[]; currency: string }) =>
    answer.items.map((item) => ({ ...item, currency: answer.currency })),
};
