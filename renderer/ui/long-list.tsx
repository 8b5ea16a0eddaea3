import './long-list.css';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import {
  type ComponentType,
  type HTMLAttributes,
  type KeyboardEvent,
  type MouseEvent,
  memo,
  type ReactNode,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react';

/** How far a list with fading edges fades out, in CSS pixels; see `.scrolls` in ui.css. */
const fading = 28;

interface LongListProps<Item> {
  /** The accessible name. */
  readonly label: string;
  readonly className: string;
  /** Whether it fades out at each edge beyond which there is more. */
  readonly fades?: boolean;
  readonly rowClassName: string;
  readonly items: readonly Item[];
  readonly idOf: (item: Item) => string;
  /** In CSS pixels; the same for every row. */
  readonly rowHeight: number;
  /** Space around and between the rows, in CSS pixels. */
  readonly padding?: number;
  readonly gap?: number;
  readonly selected: string | null;
  readonly isDisabled?: boolean;
  readonly autoFocus?: boolean;
  /** The pointer has rested on a row or was pressed on it, so it will probably be chosen. */
  onApproach?(id: string, isPressed: boolean): void;
  /** A row was chosen with Enter, Space or the pointer. */
  onChoose(id: string): void;
  /** An arrow key reached a row. Without this, the arrows only mark the row that Enter would choose. */
  onWalk?(id: string): void;
  /**
   * The ticked rows, if rows can be ticked. `onMark` is called to tick or untick one: for Space, for Ctrl or Cmd with a click, or for a click on
   * its `.box`.
   */
  readonly marked?: ReadonlySet<string>;
  onMark?(id: string): void;
  /** A menu was requested on a row, at this point of the window in pixels. */
  onMenu?(id: string, place: { readonly left: number; readonly top: number }): void;
  /** Draws one row. A component, so that a row with the same item is not rendered again. */
  readonly row: ComponentType<{ readonly item: Item }>;
  /** Shown instead of rows if there are none. */
  readonly empty?: ReactNode;
}

/** Moves the focus to the list in `place`, as from a field above it: to its current row, or else to the first. */
export function enterList(place: HTMLElement | null): void {
  const list = place?.querySelector<HTMLElement>('.long-list[role="listbox"]');
  list?.focus();
  if (list && !list.hasAttribute('aria-activedescendant'))
    list.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
}

/**
 * A list of any length from which one row can be chosen. Only the rows on screen are elements. The list itself has the focus and names the current
 * row (aria-activedescendant), so that scrolling a row away never removes the focus.
 */
export function LongList<Item>(props: LongListProps<Item>) {
  const { items, idOf, selected, isDisabled = false, onChoose, onApproach, padding = 0, gap = 0 } = props;
  const list = useRef<HTMLDivElement>(null);
  const name = useId();
  const [walked, setWalked] = useState<{ readonly to: string; readonly from: string | null } | null>(null);
  // When something is chosen elsewhere, the arrows continue from there.
  if (walked && walked.from !== selected) setWalked(null);
  // Rows in the faded area are hard to see.
  const edge = Math.max(padding, props.fades ? fading : 0);
  // Rows outside the visible area are rendered in advance only while the user scrolls, not when the list opens.
  const isMoving = useRef(false);
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => list.current,
    estimateSize: () => props.rowHeight,
    rangeExtractor: (range) => defaultRangeExtractor({ ...range, overscan: isMoving.current ? 3 : 1 }),
    paddingStart: padding,
    paddingEnd: padding,
    scrollPaddingStart: edge,
    scrollPaddingEnd: edge,
    gap,
  });
  isMoving.current = virtualizer.isScrolling;
  const current = walked?.to ?? selected;
  const at = items.findIndex((item) => idOf(item) === current);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a list that changes around the chosen row stays where the person scrolled it
  useEffect(() => {
    const { scrollOffset, scrollRect } = virtualizer;
    const top = padding + at * (props.rowHeight + gap);
    // There is nothing beyond the first and the last row.
    const from = at === 0 ? top : top - edge;
    const to = top + props.rowHeight + (at === items.length - 1 ? 0 : edge);
    const isSeen = scrollOffset !== null && scrollRect !== null && scrollOffset <= from && to <= scrollOffset + scrollRect.height;
    if (at >= 0 && !isSeen) virtualizer.scrollToIndex(at, { align: 'auto' });
  }, [current, virtualizer]);
  const { autoFocus } = props;
  useEffect(() => {
    if (autoFocus) list.current?.focus();
  }, [autoFocus]);

  const walk = (index: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (item === undefined) return;
    if (props.onWalk && !isDisabled) props.onWalk(idOf(item));
    else setWalked({ to: idOf(item), from: selected });
  };
  const choose = (index: number) => {
    const item = items[index];
    if (item === undefined || isDisabled) return;
    setWalked(null);
    onChoose(idOf(item));
  };
  const mark = (index: number) => {
    const item = items[index];
    if (item === undefined || isDisabled) return;
    setWalked({ to: idOf(item), from: selected });
    props.onMark?.(idOf(item));
  };
  const onClick = (event: MouseEvent<HTMLElement>, index: number) => {
    const isOnBox = event.target instanceof Element && event.target.closest('.box') !== null;
    if (props.onMark && (isOnBox || event.ctrlKey || event.metaKey)) mark(index);
    else choose(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const page = Math.max(1, Math.floor((list.current?.clientHeight ?? 0) / (props.rowHeight + gap)) - 1);
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at < 0 ? 0 : at - 1,
      PageDown: at + page,
      PageUp: at - page,
      Home: 0,
      End: items.length - 1,
    };
    const target = targets[event.key];
    if (target !== undefined) walk(target);
    else if (event.key === ' ' && props.onMark && at >= 0) mark(at);
    else if ((event.key === 'Enter' || event.key === ' ') && at >= 0) choose(at);
    else return;
    event.preventDefault();
  };

  const onContextMenu = (event: MouseEvent<HTMLElement>) => {
    if (!props.onMenu) return;
    const target = event.target instanceof Element ? event.target : null;
    // If the menu was requested by key, the event target is the list, and the current row is meant.
    const row = target?.closest<HTMLElement>('[role="option"]') ?? event.currentTarget.querySelector<HTMLElement>('[data-current="true"]');
    const id = row?.dataset['key'];
    if (!row || id === undefined) return;
    event.preventDefault();
    const { left, bottom } = row.getBoundingClientRect();
    props.onMenu(id, event.button === 2 ? { left: event.clientX, top: event.clientY } : { left: left + 24, top: bottom - 8 });
  };

  const shown = virtualizer.getVirtualItems();
  const isCurrentShown = shown.some(({ index }) => index === at);
  // A space would divide it into the ids of two elements.
  const rowId = (id: string) => `${name}${id.replace(/\s/g, '+')}`;
  const className = `long-list ${props.className}${props.fades ? ' scrolls' : ''}`;
  // Use the same element with and without rows, because it is measured only once.
  if (items.length === 0) {
    return (
      <div ref={list} className={className}>
        {props.empty}
      </div>
    );
  }
  return (
    <div
      ref={list}
      className={className}
      role="listbox"
      aria-label={props.label}
      aria-disabled={isDisabled}
      aria-activedescendant={current !== null && isCurrentShown ? rowId(current) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
      onContextMenu={onContextMenu}
    >
      <div role="presentation" className="long-list-ground" style={{ height: virtualizer.getTotalSize() }}>
        {shown.map(({ index, start, size }) => {
          const item = items[index];
          if (item === undefined) return null;
          const id = idOf(item);
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
            // biome-ignore lint/a11y/useFocusableInteractive: the list has the focus
            <div
              key={id}
              id={rowId(id)}
              role="option"
              className={props.rowClassName}
              data-key={id}
              data-current={id === current}
              aria-selected={id === selected}
              aria-setsize={items.length}
              aria-posinset={index + 1}
              style={{ transform: `translateY(${start}px)`, height: size }}
              {...(props.marked ? { 'aria-checked': props.marked.has(id) } : {})}
              {...(onApproach && !isDisabled ? approachOf((isPressed) => onApproach(id, isPressed)) : {})}
              onClick={(event) => onClick(event, index)}
            >
              <Row row={props.row as ComponentType<{ readonly item: unknown }>} item={item} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

// In milliseconds. A pointer that only passes over a row has left it by then.
const rest = 65;

// Handlers that report when a row will probably be chosen. The pointer rests on one row at a time.
function approachOf(
  tell: (isPressed: boolean) => void,
): Pick<HTMLAttributes<HTMLElement>, 'onPointerEnter' | 'onPointerLeave' | 'onPointerDown'> {
  return {
    onPointerEnter: ({ buttons }) => {
      clearTimeout(resting);
      if (buttons === 0) resting = setTimeout(() => tell(false), rest);
    },
    onPointerLeave: () => clearTimeout(resting),
    onPointerDown: ({ button }) => {
      clearTimeout(resting);
      if (button === 0) tell(true);
    },
  };
}
let resting: ReturnType<typeof setTimeout> | undefined;

const Row = memo(({ row: Drawn, item }: { row: ComponentType<{ readonly item: unknown }>; item: unknown }) => <Drawn item={item} />);
