import Button from '@cloudscape-design/components/button';
import type { ButtonProps } from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import type { ReactElement, ReactNode } from 'react';
import { useNavigate } from 'react-router';

/** A link to another page of this application, followed without loading it anew. */
export function PageLink({ to, children }: { to: string; children: ReactNode }): ReactElement {
  const navigate = useNavigate();
  return (
    <Link
      href={to}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Link>
  );
}

interface PageButtonProps {
  readonly to: string;
  readonly variant?: ButtonProps.Variant;
  readonly children: string;
  readonly ariaLabel?: string;
}

/** The same as a button. */
export function PageButton({ to, variant = 'normal', children, ariaLabel }: PageButtonProps): ReactElement {
  const navigate = useNavigate();
  return (
    <Button
      variant={variant}
      href={to}
      {...(ariaLabel === undefined ? {} : { ariaLabel })}
      onFollow={(event) => {
        event.preventDefault();
        void navigate(to);
      }}
    >
      {children}
    </Button>
  );
}
