import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, bodyOf } from '../api/client.js';
import type { NoticeKind, NoticeSettings } from '../api/shapes.js';

const KEY = ['notice-settings'] as const;

/** What each kind of notice says. */
export const KIND_TEXTS: Readonly<Record<NoticeKind, string>> = {
  offered: 'A lead is offered to me',
  warned: 'A reminder before a clock runs out',
  escalated: 'A seller of my team has not answered, or a lead needs a manager',
  breached: 'A clock ran out',
  'passed-on': 'A lead that was offered to me goes to somebody else',
  'nurture-due': 'A lead I had is to be taken care of',
};

export const useNoticeSettings = () =>
  useQuery({
    queryKey: KEY,
    queryFn: ({ signal }) => bodyOf(api.GET('/notices/settings', { signal })),
  });

export const useChangeNoticeSettings = () => {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NoticeSettings) => bodyOf(api.PUT('/notices/settings', { body })),
    onSuccess: (settings) => client.setQueryData(KEY, settings),
  });
};
