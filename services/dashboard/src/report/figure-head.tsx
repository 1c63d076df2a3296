import { Table } from '@mantine/core';
import type { ReactNode } from 'react';

/** The head of a table of figures: what its rows are, and its columns of figures. */
export const FigureHead = ({ rows, columns }: { rows: string; columns: readonly string[] }): ReactNode => (
  <Table.Thead>
    <Table.Tr>
      <Table.Th scope="col">{rows}</Table.Th>
      {columns.map((name) => (
        <Table.Th key={name} scope="col" ta="right">
          {name}
        </Table.Th>
      ))}
    </Table.Tr>
  </Table.Thead>
);
