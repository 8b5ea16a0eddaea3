import { type ReactNode, useCallback } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Uses the width of the window, for content in two columns. */
  readonly isWide?: boolean;
  /** The label of the closing button, if closing discards something. */
  readonly closeLabel?: string;
  readonly children: ReactNode;
}

/**
 * A dialog over the window. Escape closes it, and so does a click outside, unless that would discard something. The focus then returns to where it
 * was.
 */
export function Dialog({ title, isOpen, onClose, isWide = false, closeLabel = 'Close', children }: DialogProps) {
  const place = useFocusKept();
  return (
    <ModalOverlay
      className="modal-ground"
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable={closeLabel === 'Close'}
    >
      <Modal className={isWide ? 'modal wide' : 'modal'}>
        <AriaDialog className="dialog" ref={place}>
          <div className="dialog-head">
            <Heading slot="title" level={2}>
              {title}
            </Heading>
            <Button kind="quiet" onPress={onClose}>
              {closeLabel}
            </Button>
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

// A button that disappears when it is pressed takes the focus with it. Without a focus, Escape would not close the dialog, and keys would reach what
// is below it.
function useFocusKept() {
  return useCallback((dialog: HTMLElement | null) => {
    if (!dialog) return;
    const observer = new MutationObserver(() => {
      if (document.activeElement === document.body) dialog.focus();
    });
    observer.observe(dialog, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
}

interface BareDialogProps extends Pick<DialogProps, 'isOpen' | 'onClose' | 'children'> {
  /** The accessible name, since no title is shown. */
  readonly label: string;
  readonly className: string;
}

/**
 * A dialog without a title bar, at the top of the window. For a field that closes when something is chosen in it, with Escape, or with a click
 * outside.
 */
export function BareDialog({ label, className, isOpen, onClose, children }: BareDialogProps) {
  return (
    <ModalOverlay className="modal-ground top" isOpen={isOpen} onOpenChange={(open) => !open && onClose()} isDismissable>
      <Modal className={`modal ${className}`}>
        <AriaDialog className="bare-dialog" aria-label={label}>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
