import type { LocalJson } from './local-file.js';

type Shown = Pick<LocalJson, 'gateway' | 'ingestion' | 'formId' | 'users'>;

/** One form fill that makes a sales-ready lead, to paste into a shell. */
export const formFill = ({ ingestion, formId }: Pick<LocalJson, 'ingestion' | 'formId'>): string =>
  [
    `curl -i ${ingestion}/f/${formId} \\`,
    `  -d email=grace@hopper.example -d firstName=Grace -d company=Hopper -d 'jobTitle=VP Engineering' \\`,
    `  -d employees=500 -d industry=software -d country=DE -d marketingConsent=true \\`,
    `  -d 'message=Please call me about pricing' -d utm_source=google -d utm_medium=cpc -d utm_campaign=spring`,
  ].join('\n');

/** What a person is told when everything answers: where to look, how to log in, what to try. */
export const welcome = (local: Shown): string => {
  const logins = Object.entries(local.users).map(
    ([role, { email, password }]) => `    ${role.padEnd(10)} ${email.padEnd(26)} ${password}`,
  );
  const fill = formFill(local).replace(/^/gm, '    ');
  return `
  Baton runs: ${local.gateway}

${logins.join('\n')}

  Events go to ${local.ingestion}. Try a form fill:

${fill}
`;
};
