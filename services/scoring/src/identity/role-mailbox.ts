import mailboxes from 'role-based-email-addresses';

const ROLES = new Set(mailboxes);
// In the list, although people have these names too.
for (const name of ['alexa', 'gardner', 'india', 'paris']) ROLES.delete(name);

/** The mail domain of a normalised address. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** Whether a normalised address is the mailbox of a role or team, such as `info@`, not of a person. */
export const isRoleMailbox = (email: string): boolean => {
  const mailbox = email.slice(0, -domainOf(email).length - 1).replace(/\+.*$/, '');
  return ROLES.has(mailbox);
};
