/** What the code to paste contains of one source. */
export interface SnippetValues {
  /** Address of ingestion without a slash at its end; undefined when it is not known. */
  readonly address: string | undefined;
  readonly formId: string | undefined;
  /** Known only right after the source was created. */
  readonly writeKey: string | undefined;
}

export interface Snippet {
  readonly id: 'form' | 'browser' | 'node' | 'curl';
  readonly title: string;
  readonly note: string;
  readonly code: string;
  readonly needsKey: boolean;
}

export const ADDRESS_PLACEHOLDER = 'https://YOUR-INGESTION-ADDRESS';
export const KEY_PLACEHOLDER = 'YOUR_WRITE_KEY';
const FORM_PLACEHOLDER = 'YOUR_FORM_ID';

/** The code to paste for each way to connect a source. */
export const snippetsOf = ({ address, formId, writeKey }: SnippetValues): readonly Snippet[] => {
  const base = address ?? ADDRESS_PLACEHOLDER;
  const key = writeKey ?? KEY_PLACEHOLDER;
  return [
    {
      id: 'form',
      title: 'HTML form',
      note: 'Paste it into any page; rename, add and remove fields as you like. It needs no key.',
      code: htmlForm(`${base}/f/${formId ?? FORM_PLACEHOLDER}`),
      needsKey: false,
    },
    {
      id: 'browser',
      title: 'Web site (Segment)',
      note: 'Page views and clicks of visitors: npm install @segment/analytics-next',
      code: browserClient(base, key),
      needsKey: true,
    },
    {
      id: 'node',
      title: 'Server (Segment, Node.js)',
      note: 'Events of your own server: npm install @segment/analytics-node',
      code: nodeClient(base, key),
      needsKey: true,
    },
    {
      id: 'curl',
      title: 'Command line',
      note: 'One event, to try it out, or from any program that can send HTTP requests.',
      code: curlCommand(base, key),
      needsKey: true,
    },
  ];
};

const htmlForm = (action: string): string => `<form action="${action}" method="post">
  <label>E-mail <input type="email" name="email" autocomplete="email" required></label>
  <label>First name <input name="firstName" autocomplete="given-name"></label>
  <label>Company <input name="company" autocomplete="organization"></label>
  <label>Message <textarea name="message"></textarea></label>
  <label><input type="checkbox" name="newsletter" value="yes"> Send me news by e-mail</label>
  <!-- People do not see this field: a program that fills it in is taken for a robot. -->
  <div style="position: absolute; left: -9999px" aria-hidden="true">
    <input name="_gotcha" tabindex="-1" autocomplete="off">
  </div>
  <button>Send</button>
</form>`;

const browserClient = (address: string, writeKey: string): string => {
  const { host, pathname } = new URL(address);
  // The settings that the client loads name the host, not the path below it.
  const belowPath =
    pathname === '/' ? '' : `, {\n  integrations: { 'Segment.io': { apiHost: '${host}${pathname}/v1' } },\n}`;
  return `import { AnalyticsBrowser } from '@segment/analytics-next';

export const analytics = AnalyticsBrowser.load({
  writeKey: '${writeKey}',
  cdnURL: '${address}',
}${belowPath});
analytics.page();`;
};

const nodeClient = (address: string, writeKey: string): string => {
  const { origin, pathname } = new URL(address);
  const path = pathname === '/' ? '' : `\n  path: '${pathname}/v1/batch',`;
  return `import { Analytics } from '@segment/analytics-node';

const analytics = new Analytics({
  writeKey: '${writeKey}',
  host: '${path === '' ? address : origin}',${path}
});
analytics.identify({ userId: 'u-1', traits: { email: 'ada@engines.example', company: 'Engines Ltd' } });
analytics.track({ userId: 'u-1', event: 'Trial Started', properties: { plan: 'team' } });
await analytics.closeAndFlush();`;
};

const curlCommand = (address: string, writeKey: string): string => `curl ${address}/v1/track \\
  -u '${writeKey}:' \\
  -H 'content-type: application/json' \\
  -d '{"event":"Brochure Downloaded","userId":"u-1","context":{"traits":{"email":"ada@engines.example"}}}'`;
