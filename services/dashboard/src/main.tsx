import './styles.js';
import { MantineProvider } from '@mantine/core';
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { BrowserRouter } from 'react-router';
import { Problem } from './api/problem.js';
import { App } from './app.js';
import { endSession } from './session/session.js';
import { theme } from './theme.js';

const endSessionAfter401 = (fault: unknown): void => {
  if (fault instanceof Problem && fault.status === 401) endSession(client, 'ended');
};

const client: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: endSessionAfter401 }),
  mutationCache: new MutationCache({ onError: endSessionAfter401 }),
  defaultOptions: {
    queries: {
      staleTime: 2000,
      retry: (count, fault) =>
        count < 2 && fault instanceof Problem && (fault.status === 0 || fault.status >= 500),
    },
  },
});

const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';

createRoot(document.getElementById('root')!).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={client}>
        <BrowserRouter>
          <App />
        </BrowserRouter>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
