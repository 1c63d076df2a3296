/** A user of a new installation. */
export interface DemoUser {
  /** Key of the login in `local.json`. */
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: 'marketing' | 'seller' | 'manager' | 'admin';
  /** Weight in the round robin; sellers only. */
  readonly weight?: number;
}

const idOf = (n: number): string => `00000000-0000-4000-8000-00000000000${n}`;

/** Fixed ids, so that repeated seeding finds the same users. */
export const demoUsers: readonly DemoUser[] = [
  {
    key: 'marketing',
    id: idOf(1),
    name: 'Maya Marketing',
    email: 'marketing@baton.example',
    role: 'marketing',
  },
  { key: 'seller', id: idOf(2), name: 'Sam Seller', email: 'sam@baton.example', role: 'seller', weight: 2 },
  { key: 'manager', id: idOf(3), name: 'Mo Manager', email: 'manager@baton.example', role: 'manager' },
  { key: 'admin', id: idOf(4), name: 'Ada Admin', email: 'admin@baton.example', role: 'admin' },
  {
    key: 'seller2',
    id: idOf(5),
    name: 'Priya Patel',
    email: 'priya@baton.example',
    role: 'seller',
    weight: 1,
  },
  {
    key: 'seller3',
    id: idOf(6),
    name: 'Jonas Weber',
    email: 'jonas@baton.example',
    role: 'seller',
    weight: 1,
  },
];
