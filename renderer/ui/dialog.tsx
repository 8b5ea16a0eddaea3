import { type ReactNode, useCallback } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { Button } from './button.tsx';

interface DialogProps {
  readonly title: string;
  readonly isOpen: boolean;
  readonly onClose: () => void;
  /** Takes the width of the window, for what needs two columns. */
  readonly isWide?: boolean;
  /** What the button that closes it is called, where closing gives something up. */
  readonly closeLabel?: string;
  readonly children: ReactNode;
}

/** A dialog over the window. Escape closes it, and a click outside too, unless that gives something up; the focus goes back to where it was. */
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

// A button that goes once it was pressed takes the focus with it: without any, Escape would not close the dialog and keys would reach what lies under it.
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
  /** The accessible name: it shows no title. */
  readonly label: string;
  readonly className: string;
}

/** A dialog without a head, at the top of the window: for a field that is closed by what is chosen in it, by Escape or by a click outside. */
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
