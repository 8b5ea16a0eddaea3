import type { ReactNode } from 'react';

/** What went wrong, in words, where it would have been shown. Screen readers hear it at once. */
export function FailureNotice({ children }: { readonly children: ReactNode }) {
  return (
    <p className="notice" data-severity="error" role="alert">
      {children}
    </p>
  );
}
