import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../api/client.js';
import type { LeadSearch } from '../api/shapes.js';
import { saveFile } from '../ui/save-file.js';

/** Fetches the list as a file; a POST, because its filter may name a person. */
export const useExport = () =>
  useMutation({
    mutationFn: async (body: LeadSearch) =>
      saveFile(await bodyOf(api.POST('/leads/export', { body, parseAs: 'blob' })), 'leads.csv'),
  });

export const ExportButton = ({
  search,
  download,
}: {
  search: LeadSearch;
  download: ReturnType<typeof useExport>;
}): ReactNode => (
  <Button
    variant="default"
    leftSection={<Download size={15} aria-hidden />}
    loading={download.isPending}
    onClick={() => download.mutate(search)}
  >
    CSV
  </Button>
);
