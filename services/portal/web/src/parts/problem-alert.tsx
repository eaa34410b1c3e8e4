import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import type { ReactElement } from 'react';
import { useLocation } from 'react-router';
import { passing } from '../api/call.ts';
import { ProblemError } from '../api/problem-error.ts';
import { signInPath } from '../shell/sign-in.ts';

interface ProblemAlertProps {
  readonly error: Error;
  readonly retry?: () => void;
  readonly onDismiss?: () => void;
}

/** What went wrong and what to do about it. A sign-in that is too old is mended by signing in again, which leads back here. */
export function ProblemAlert({ error, retry, onDismiss }: ProblemAlertProps): ReactElement {
  const { pathname, search } = useLocation();
  const known = error instanceof ProblemError ? error : undefined;
  const tooOld = known?.code === 'ERR_SIGN_IN_TOO_OLD';
  const again = <Button href={signInPath(pathname + search, true)}>Sign in again</Button>;
  const action = tooOld ? again : retry && <Button onClick={retry}>Try again</Button>;
  return (
    <div role="alert">
      <Alert
        type={tooOld || passing(error) ? 'warning' : 'error'}
        header={tooOld ? 'This needs a fresh sign-in' : (known?.title ?? 'That did not work')}
        action={action}
        dismissible={onDismiss !== undefined}
        {...(onDismiss ? { onDismiss } : {})}
      >
        <span className="words">{error.message}</span>
        {known && known.problems.length > 0 && (
          <ul>
            {known.problems.map(({ field, message }) => (
              <li key={field + message} className="words">
                {field}: {message}
              </li>
            ))}
          </ul>
        )}
        {known?.instance !== undefined && <div>Reference: {known.instance}</div>}
      </Alert>
    </div>
  );
}
