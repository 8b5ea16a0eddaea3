import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components';

interface ButtonProps {
  readonly children: ReactNode;
  readonly onPress: () => void;
  /** `primary` for the one thing to do next, `quiet` for secondary buttons, `icon` for a single sign (give it a `label`). */
  readonly kind?: 'plain' | 'primary' | 'quiet' | 'icon';
  readonly label?: string;
  readonly isDisabled?: boolean;
  /** Whether it takes the focus when it appears. */
  readonly autoFocus?: boolean;
  /** Whether pressing it with the pointer leaves the focus where it is. */
  readonly keepsFocus?: boolean;
}

export function Button({
  children,
  onPress,
  kind = 'plain',
  label,
  isDisabled = false,
  autoFocus = false,
  keepsFocus = false,
}: ButtonProps) {
  return (
    <AriaButton
      className="button"
      data-kind={kind}
      onPress={onPress}
      isDisabled={isDisabled}
      autoFocus={autoFocus}
      preventFocusOnPress={keepsFocus}
      {...(label ? { 'aria-label': label } : {})}
    >
      {children}
    </AriaButton>
  );
}
