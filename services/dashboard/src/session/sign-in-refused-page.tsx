import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import { CardPage } from './card-page.js';
import { refusalText } from './sign-in-refusal.js';

/** Where a login at the provider ends that was refused. */
export const SignInRefusedPage = (): ReactNode => {
  const [query] = useSearchParams();
  return (
    <CardPage title="You are not signed in" lead={refusalText(query.get('reason'))}>
      <Button component={Link} to="/" size="md" fullWidth>
        Back to the sign-in
      </Button>
    </CardPage>
  );
};
