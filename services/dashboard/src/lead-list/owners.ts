import { useSellers } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';

/** Whom a list can be filtered by, and their names. */
export const useOwners = () => {
  const isSeller = useMe().role === 'seller';
  const sellers = useSellers(!isSeller);
  const options = [
    { value: 'me', label: 'Me' },
    { value: 'nobody', label: 'Nobody' },
    ...(sellers.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
  ];
  return {
    options,
    nameOf: (id: string): string => options.find(({ value }) => value === id)?.label ?? 'a seller',
  };
};
