/** Why nobody is signed in any more: by a logout, or because the server ended the session. */
export type SessionEnd = 'logout' | 'ended';
