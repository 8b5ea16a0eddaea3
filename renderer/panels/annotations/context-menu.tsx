import './context-menu.css';
import { useRef } from 'react';
import { Header, Menu, MenuItem, MenuSection, Popover } from 'react-aria-components';
import { current, hueOf, type Layer, layerOf } from '../../../core/model/codebook.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import { openSuggestion } from '../../state/suggestions.ts';
import { selectedRange } from '../../state/view-store.ts';
import { currentSet } from '../../state/workspace.ts';
import { keyName } from '../frame/key-name.ts';

interface Item {
  readonly id: string;
  readonly title: string;
  readonly keys: string | undefined;
  readonly run: () => void;
  readonly layer?: Layer;
}

interface Group {
  readonly title: string;
  readonly items: readonly Item[];
}

/** What can be done with the selection and the active annotation, opened by right click, the Menu key or Shift+F10. Built from the command table. */
export function ContextMenu() {
  const { view } = useSession();
  const place = useView((state) => state.contextMenu);
  const anchor = useRef<HTMLSpanElement>(null);
  const isOpen = place !== null;
  return (
    <>
      <span ref={anchor} className="context-anchor" style={place ? { left: place.left, top: place.top } : {}} aria-hidden="true" />
      <Popover
        className="context-menu"
        triggerRef={anchor}
        isOpen={isOpen}
        onOpenChange={(open) => !open && view.set({ contextMenu: null })}
        placement="bottom start"
        offset={2}
      >
        {isOpen && <Items />}
      </Popover>
    </>
  );
}

function Items() {
  const { view } = useSession();
  const groups = useGroups().filter(({ items }) => items.length > 0);
  const items = new Map(groups.flatMap((group) => group.items.map((item) => [item.id, item] as const)));
  return (
    <Menu
      aria-label="What to do here"
      autoFocus="first"
      onAction={(id) => {
        view.set({ contextMenu: null });
        afterFocusReturns(() => items.get(String(id))?.run());
      }}
    >
      {groups.map(({ title, items: listed }) => (
        <MenuSection key={title} className="context-group">
          <Header className="heading">{title}</Header>
          {listed.map(({ id, title: words, keys, layer }) => (
            <MenuItem
              key={id}
              id={id}
              textValue={words}
              className="context-item"
              data-kind={id === 'annotation.remove' ? 'danger' : 'plain'}
              {...(layer ? { 'data-hue': layer.hue } : {})}
            >
              {layer ? <span className="swatch" data-look={layer.look} aria-hidden="true" /> : <span className="no-swatch" />}
              {words}
              {keys && <kbd>{keyName(keys)}</kbd>}
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </Menu>
  );
}

// When the menu closes, it returns the focus to where it came from. An item that moves the focus must run after that.
function afterFocusReturns(run: () => void): void {
  const go = () => {
    clearTimeout(timer);
    document.removeEventListener('focusin', go);
    requestAnimationFrame(run);
  };
  // If the element that had the focus no longer exists, the focus is not returned.
  const timer = setTimeout(go, 250);
  document.addEventListener('focusin', go);
}

function useGroups(): Group[] {
  const { actions } = useSession();
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const writable = useWorkspace((state) => state.writable);
  const text = useWorkspace((state) => state.article?.text ?? '');
  const selected = useView(selectedRangeOf);
  const about = useView((state) => state.contextMenu?.about);
  const annotation = useWorkspace(currentSet).annotations.get(useView((state) => state.active) ?? '');
  const active = useView((state) => state.active);
  const suggestion = useWorkspace((state) => openSuggestion(state, active));
  if (!codebook) return [];
  const layer = layerOf(codebook, (annotation ?? suggestion)?.layer ?? '');
  const commands = actions.commands();
  const item = (id: string, more: Partial<Item> = {}): Item[] => {
    const command = commands.find((candidate) => candidate.id === id);
    if (!command || !actions.enabled(id)) return [];
    return [{ id, title: command.title, keys: command.keys[0], run: () => actions.run(id), ...more }];
  };
  const roles = layer?.roles.flatMap(({ key, title }) => item(`role.${key}`, { title: `Set ${title.toLowerCase()}` })) ?? [];
  const words = selected ? short(text.slice(selected.start, selected.end)) : '';
  const onSelection: Group = {
    title: words,
    items:
      selected && about === 'selection'
        ? [
            ...current(codebook.layers).flatMap((each) => item(`tag.${each.id}`, { layer: each })),
            ...roles,
            ...item('annotation.unite'),
            ...item('annotation.every'),
            { id: 'copy', title: 'Copy', keys: 'Mod-c', run: () => actions.copy(text.slice(selected.start, selected.end)) },
          ]
        : [],
  };
  const onAnnotation: Group = {
    title: layer && annotation ? `${layer.title}: ${short(annotation.spans[0]?.text ?? '')}` : '',
    items:
      annotation && about === 'annotation'
        ? [
            ...item('annotation.inspect', { title: 'Edit in the inspector' }),
            ...item('annotation.boundary'),
            ...roles,
            ...item('relation.add'),
            ...item('relation.follow'),
            ...item('annotation.note'),
            ...item('annotation.unsure'),
          ]
        : [],
  };
  const onSuggestion: Group = {
    title: layer && suggestion ? `Suggested ${layer.title.toLowerCase()}: ${short(suggestion.spans[0]?.text ?? '')}` : '',
    items:
      suggestion && about === 'annotation'
        ? [
            ...item('annotation.inspect', { title: 'Accept' }),
            ...item('suggestion.reject', { title: 'Reject' }),
            ...item('suggestion.edit', { title: 'Take over to edit' }),
            ...item('annotation.boundary'),
            ...item('suggestion.all'),
          ]
        : [],
  };
  const taggedAs: Group = {
    title: 'Accept as',
    items:
      suggestion && writable && about === 'annotation'
        ? current(codebook.layers)
            .filter(({ id }) => id !== suggestion.layer)
            .flatMap((each) => item(`tag.${each.id}`, { title: each.title, layer: each }))
        : [],
  };
  const relabelled: Group = {
    title: 'Relabel as',
    items:
      annotation && writable && about === 'annotation'
        ? current(codebook.layers)
            .filter(({ id }) => id !== annotation.layer)
            .map((each) => ({
              id: `relabel.${each.id}`,
              title: each.title,
              keys: undefined,
              layer: { ...each, hue: hueOf(each, annotation) },
              run: () => actions.annotate.relabel(annotation.id, each.id),
            }))
        : [],
  };
  const removal: Group = { title: 'Remove', items: annotation && about === 'annotation' ? item('annotation.remove') : [] };
  const article: Group = { title: 'Article', items: [...item('text.find'), ...item('article.done')] };
  return [onSelection, onSuggestion, taggedAs, onAnnotation, relabelled, removal, article];
}

function short(words: string): string {
  const bare = words.replace(/^[“”"'‘’]+|[“”"'‘’]+$/g, '');
  return `“${bare.length > 28 ? `${bare.slice(0, 27).trimEnd()}…` : bare}”`;
}

// The store compares by identity, so return the same object as long as the range is the same.
let known: ReturnType<typeof selectedRange> = null;
function selectedRangeOf(state: Parameters<typeof selectedRange>[0]) {
  const range = selectedRange(state);
  if (range?.start !== known?.start || range?.end !== known?.end) known = range;
  return known;
}
