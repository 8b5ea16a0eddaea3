import './menu.css';
import type { ReactNode } from 'react';
import { Menu as AriaMenu, Button, Header, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components';

/** Something to choose in a menu. `detail` is shown below the title, less prominently. */
export interface MenuEntry {
  readonly id: string;
  readonly title: string;
  readonly detail?: string;
  /** Marks the current choice. */
  readonly isCurrent?: boolean;
  readonly isDisabled?: boolean;
}

/** Entries that belong together, with an optional heading. */
export interface MenuGroup {
  readonly title: string;
  readonly entries: readonly MenuEntry[];
}

interface MenuProps {
  readonly label: string;
  readonly className?: string;
  /** The content of the button. */
  readonly children: ReactNode;
  readonly groups: readonly MenuGroup[];
  readonly onChoose: (id: string) => void;
}

/** A button that opens a menu. Groups without entries are left out. */
export function Menu({ label, className = 'menu-button', children, groups, onChoose }: MenuProps) {
  return (
    <MenuTrigger>
      <Button className={className} aria-label={label}>
        {children}
      </Button>
      <Popover className="menu-popover" placement="bottom start">
        <AriaMenu className="menu" onAction={(key) => onChoose(String(key))}>
          {groups
            .filter(({ entries }) => entries.length > 0)
            .map(({ title, entries }) => (
              <MenuSection key={title} className="menu-section" aria-label={title}>
                <Header className="menu-heading">{title}</Header>
                {entries.map((entry) => (
                  <MenuItem
                    key={entry.id}
                    id={entry.id}
                    className="menu-item"
                    textValue={entry.title}
                    isDisabled={entry.isDisabled ?? false}
                  >
                    <span aria-hidden="true" className="menu-mark">
                      {entry.isCurrent ? '✓' : ''}
                    </span>
                    <span className="menu-words">
                      {entry.title}
                      {entry.isCurrent && <span className="visually-hidden">, current</span>}
                      {entry.detail && <span className="menu-detail">{entry.detail}</span>}
                    </span>
                  </MenuItem>
                ))}
              </MenuSection>
            ))}
        </AriaMenu>
      </Popover>
    </MenuTrigger>
  );
}
