/** What the commonest actions of the API are called; others are shown as they are. */
const TEXTS: Readonly<Record<string, string>> = {
  'POST /api/login': 'Logged in',
  'POST /api/login/code': 'Logged in with a code',
  'GET /api/oidc/callback': 'Logged in by OpenID Connect',
  'POST /api/logout': 'Logged out',
  'POST /api/leads/search': 'Searched leads',
  'POST /api/leads/count': 'Counted leads',
  'POST /api/leads/export': 'Exported leads',
  'PUT /api/lead-views/{id}': 'Saved a view of leads',
  'DELETE /api/lead-views/{id}': 'Deleted a view of leads',
  'GET /api/leads/{id}': 'Opened a lead',
  'GET /api/leads/{id}/export': 'Exported what is held of a person',
  'GET /api/persons/{id}/export': 'Exported what routing holds of a person',
  'POST /api/leads/{id}/erasure': 'Erased a person',
  'GET /api/erasures': 'Read who was erased',
  'GET /api/erasures/{id}': 'Read the receipt of an erasure',
  'GET /api/accounts/{id}': 'Opened an account',
  'GET /api/leads/{id}/activities': 'Read the history of a lead',
  'GET /api/leads/{id}/score': 'Read the score of a lead',
  'GET /api/duplicates': 'Read which leads may be one person',
  'GET /api/reports/leads': 'Read the leads behind a figure',
  'GET /api/agreement/ledger': 'Read the hand-offs behind a figure of the agreement',
  'GET /api/handoffs/{id}': 'Opened a hand-off',
  'GET /api/handoffs/{id}/decision': 'Read why a seller got a lead',
  'GET /api/deals/{id}': 'Opened a deal',
  'GET /api/users': 'Read the users',
  'POST /api/handoffs/{id}/accept': 'Accepted a hand-off',
  'POST /api/handoffs/{id}/reject': 'Rejected a hand-off',
  'POST /api/handoffs/{id}/attempts': 'Recorded an attempt',
  'POST /api/handoffs/{id}/qualify': 'Qualified a lead',
  'POST /api/handoffs/{id}/reassign': 'Reassigned a hand-off',
  'POST /api/handoffs/{id}/give-back': 'Gave a lead back',
  'POST /api/routing/preview': 'Previewed who would get a lead',
  'POST /api/teams': 'Added a team',
  'PUT /api/teams/{id}': 'Changed a team',
  'POST /api/calendars': 'Added a calendar',
  'PUT /api/calendars/{id}': 'Changed a calendar',
  'POST /api/calendars/{id}/preview': 'Previewed a change of a calendar',
  'POST /api/notices/read': 'Read the notices',
  'POST /api/notices/{id}/read': 'Read a notice',
  'PUT /api/notices/settings': 'Changed how notices are sent',
  'POST /api/verdict-link': 'Opened a link of a notice',
  'PUT /api/verdict-link': 'Used a link of a notice',
  'POST /api/slack/actions': 'Clicked a button in Slack',
  'POST /api/webhooks': 'Created a webhook',
  'PUT /api/webhooks/{id}': 'Changed a webhook',
  'POST /api/webhooks/{id}/test': 'Tested a webhook',
  'POST /api/webhooks/{id}/rotate': 'Replaced the secret of a webhook',
  'POST /api/webhooks/deliveries/{id}/replay': 'Sent a notice once more',
  'POST /api/campaigns/costs': 'Changed the costs of campaigns',
  'POST /api/reports/attribution/kept': 'Kept figures of attribution',
  'DELETE /api/reports/attribution/kept/{id}': 'Deleted kept figures of attribution',
  'POST /api/reports/recount': 'Compared the reports with the facts',
  'POST /api/learning/train': 'Trained a model',
  'POST /api/deals': 'Opened a deal',
  'POST /api/deals/{id}/stage': 'Moved a deal to another stage',
  'POST /api/deals/{id}/value': 'Changed the value of a deal',
  'POST /api/deals/{id}/win': 'Won a deal',
  'POST /api/deals/{id}/lose': 'Lost a deal',
  'POST /api/deals/{id}/renew': 'Renewed a deal',
  'POST /api/deals/{id}/churn': 'Recorded that a customer left',
  'PUT /api/sellers/{id}': 'Changed a seller',
  'POST /api/backtests': 'Started a backtest',
  'DELETE /api/backtests/{id}': 'Cancelled a backtest',
  'POST /api/definitions/{id}': 'Drafted a definition',
  'POST /api/definitions/{id}/roll-back': 'Drafted an earlier version of a definition',
  'POST /api/definitions/{id}/sign': 'Signed a definition',
  'POST /api/users': 'Created a user',
  'POST /api/me/second-factor': 'Began to set up a second factor',
  'POST /api/me/second-factor/confirm': 'Turned on the second factor',
  'POST /api/me/second-factor/off': 'Turned off the second factor',
  'DELETE /api/users/{id}/identity': 'Removed the identity of a user at the provider',
  'DELETE /api/users/{id}/second-factor': 'Reset the second factor of a user',
  'PUT /api/users/{id}': 'Changed a user',
  'POST /api/invitations': 'Invited a user',
  'POST /api/users/{id}/link': 'Made a one-time link',
  'POST /api/users/{id}/disable': 'Disabled a user',
  'POST /api/users/{id}/enable': 'Enabled a user',
  'DELETE /api/users/{id}/sessions': 'Signed a user out everywhere',
  'POST /api/password-link': 'Opened a one-time link',
  'PUT /api/password-link': 'Set a password with a one-time link',
  'PUT /api/me': 'Changed the own name',
  'PUT /api/me/password': 'Changed the own password',
  'DELETE /api/me/sessions': 'Ended the other own sessions',
  'DELETE /api/me/sessions/{id}': 'Ended an own session',
  'POST /api/tokens': 'Created an API token',
  'POST /api/tokens/{id}/revoke': 'Revoked an API token',
  'POST /api/tokens/{id}/take-over': 'Took over an API token',
  'POST /api/setup': 'Set up the organisation',
  'PUT /api/organisation': 'Changed the organisation',
  'POST /api/sources': 'Created a source',
  'PUT /api/sources/{id}': 'Changed a source',
  'POST /api/sources/{id}/keys': 'Made a write key',
  'PUT /api/sources/{id}/keys/{id}': 'Changed a write key',
  'POST /api/sources/{id}/keys/{id}/rotate': 'Rotated a write key',
  'POST /api/sources/{id}/keys/{id}/revoke': 'Revoked a write key',
  'GET /api/sources/{id}/requests': 'Read the requests of a source',
  'GET /api/sources/{id}/refused': 'Read what a source sent and was refused',
  'POST /api/forms': 'Created a form',
  'PUT /api/forms/{id}': 'Changed a form',
  'POST /api/dead-letters/{id}/put-back': 'Put back a dead letter',
  'POST /api/dead-letters/{id}/waive': 'Waived a dead letter',
  'GET /api/dead-letters/{id}': 'Read a dead letter',
  'GET /api/audit': 'Read the audit log',
  'GET /api/audit/export': 'Exported the audit log',
};

export const actionText = (action: string): string => TEXTS[action] ?? action;

/** The result of a request in words; undefined for one that did what it was asked to. */
export const resultText = (status: number): string | undefined => {
  if (status < 400) return undefined;
  if (status === 401) return 'refused: not logged in, or a wrong password';
  if (status === 403) return 'refused: not allowed';
  if (status === 404) return 'not found';
  if (status === 499) return 'the client did not wait for the result';
  if (status === 429) return 'refused: too many tries';
  return status < 500 ? `refused (${status})` : `failed (${status})`;
};

/** What was changed, a line for each field: `role: seller → manager`. */
export const changesText = (changes: object | null): string[] =>
  Object.entries((changes ?? {}) as Record<string, { from: unknown; to: unknown }>).map(
    ([field, { from, to }]) =>
      from === null ? `${field}: ${valueText(to)}` : `${field}: ${valueText(from)} → ${valueText(to)}`,
  );

const valueText = (value: unknown): string => {
  if (value === null || (Array.isArray(value) && value.length === 0)) return 'none';
  if (Array.isArray(value)) return value.map(valueText).join(', ');
  return typeof value === 'string' ? value : JSON.stringify(value);
};
