import { I18nProvider } from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { lazy } from 'react';
import type { ReactElement } from 'react';
import { BrowserRouter, Navigate, Route, Routes } from 'react-router';
import { queryClient } from './api/query-client.ts';
import { NotFoundPage } from './pages/not-found/not-found-page.tsx';
import { Shell } from './shell/shell.tsx';

const RequestAccessPage = lazy(() => import('./pages/request-access/request-access-page.tsx'));
const MyAccessPage = lazy(() => import('./pages/my-access/my-access-page.tsx'));
const MyRequestsPage = lazy(() => import('./pages/my-requests/my-requests-page.tsx'));
const RequestPage = lazy(() => import('./pages/request/request-page.tsx'));
const ApprovalsPage = lazy(() => import('./pages/approvals/approvals-page.tsx'));
const ActiveAccessPage = lazy(() => import('./pages/active-access/active-access-page.tsx'));
const AuditPage = lazy(() => import('./pages/audit/audit-page.tsx'));
const AdministrationPage = lazy(() => import('./pages/administration/administration-page.tsx'));
const DelegationPage = lazy(() => import('./pages/delegation/delegation-page.tsx'));
const OverviewPage = lazy(() => import('./pages/overview/overview-page.tsx'));

export function App(): ReactElement {
  return (
    <I18nProvider locale="en" messages={[messages]}>
      <QueryClientProvider client={queryClient}>
        <BrowserRouter>
          <Routes>
            <Route element={<Shell />}>
              <Route index element={<Navigate to="/access" replace />} />
              <Route path="/access" element={<MyAccessPage />} />
              <Route path="/request" element={<RequestAccessPage />} />
              <Route path="/requests" element={<MyRequestsPage />} />
              <Route path="/requests/:requestId" element={<RequestPage />} />
              <Route path="/approvals" element={<ApprovalsPage />} />
              <Route path="/delegation" element={<DelegationPage />} />
              <Route path="/active" element={<ActiveAccessPage />} />
              <Route path="/audit" element={<AuditPage />} />
              <Route path="/administration" element={<AdministrationPage />} />
              <Route path="/overview" element={<OverviewPage />} />
              <Route path="*" element={<NotFoundPage />} />
            </Route>
          </Routes>
        </BrowserRouter>
      </QueryClientProvider>
    </I18nProvider>
  );
}
