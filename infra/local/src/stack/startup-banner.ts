import type { LocalJson } from './local-file.js';

type BannerContent = Pick<LocalJson, 'gateway' | 'ingestion' | 'formId' | 'users'>;

/** A `curl` command that submits a form and creates a sales-ready lead. */
export const formSubmission = ({ ingestion, formId }: Pick<LocalJson, 'ingestion' | 'formId'>): string =>
  [
    `curl -i ${ingestion}/f/${formId} \\`,
    `  -d email=grace@hopper.example -d firstName=Grace -d company=Hopper -d 'jobTitle=VP Engineering' \\`,
    `  -d employees=500 -d industry=software -d country=DE -d marketingConsent=true \\`,
    `  -d 'message=Please call me about pricing' -d utm_source=google -d utm_medium=cpc -d utm_campaign=spring`,
  ].join('\n');

/** Text printed once the stack is ready: address, logins and an example form submission. */
export const startupBanner = (local: BannerContent): string => {
  const logins = Object.entries(local.users).map(
    ([role, { email, password }]) => `    ${role.padEnd(10)} ${email.padEnd(26)} ${password}`,
  );
  const submission = formSubmission(local).replace(/^/gm, '    ');
  return `
  Baton runs: ${local.gateway}

${logins.join('\n')}

  Events go to ${local.ingestion}. Submit a form:

${submission}
`;
};
