import { CSPProvider } from '@base-ui/react/csp-provider';
import { Toast } from '@base-ui/react/toast';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { Preferences } from './app/Preferences.tsx';
import { router } from './app/router.tsx';
import './design/theme.css';

const place = document.getElementById('console');
if (place === null) throw new Error('the page has no place for the console');

createRoot(place).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={createQueryClient()}>
        <Preferences>
          <Toast.Provider>
            <RouterProvider router={router} />
          </Toast.Provider>
        </Preferences>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
