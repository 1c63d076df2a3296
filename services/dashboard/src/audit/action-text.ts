/** What the commonest actions of the API are called; others are shown as they are. */
const TEXTS: Readonly<Record<string, string>> = {
  'POST /api/login': 'Logged in',
  'POST /api/login/code': 'Logged in with a code',
  'GET /api/oidc/callback': 'Logged in by OpenID Connect',
  'POST /api/logout': 'Logged out',
  'POST /api/leads/search': 'Searched leads',
  'GET /api/leads/{id}': 'Opened a lead',
  'GET /api/leads/{id}/activities': 'Read the history of a lead',
  'GET /api/leads/{id}/score': 'Read the score of a lead',
  'POST /api/handoffs/{id}/accept': 'Accepted a hand-off',
  'POST /api/handoffs/{id}/reject': 'Rejected a hand-off',
  'POST /api/handoffs/{id}/attempts': 'Recorded an attempt',
  'POST /api/handoffs/{id}/qualify': 'Qualified a lead',
  'POST /api/handoffs/{id}/reassign': 'Reassigned a hand-off',
  'PUT /api/sellers/{id}': 'Changed a seller',
  'POST /api/definitions/{id}': 'Drafted a definition',
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
  'POST /api/setup': 'Set up the organisation',
  'PUT /api/organisation': 'Changed the organisation',
  'POST /api/sources': 'Created a source',
  'PUT /api/sources/{id}': 'Changed a source',
  'POST /api/forms': 'Created a form',
  'PUT /api/forms/{id}': 'Changed a form',
  'POST /api/dead-letters/{id}/put-back': 'Put back a dead letter',
  'POST /api/dead-letters/{id}/waive': 'Waived a dead letter',
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
  if (status === 429) return 'refused: too many tries';
  return status < 500 ? `refused (${status})` : `failed (${status})`;
};
