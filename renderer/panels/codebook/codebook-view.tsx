import './codebook-view.css';
import { useMemo, useRef, useState } from 'react';
import { changeInWords } from '../../../core/codebook/change-words.ts';
import { freeLayerKey } from '../../../core/codebook/codebook-keys.ts';
import { revise } from '../../../core/codebook/codebook-revision.ts';
import { codebookText } from '../../../core/codebook/codebook-text.ts';
import type { Codebook } from '../../../core/model/codebook.ts';
import { Refusal } from '../../../core/steps/gestures.ts';
import { useSession, useView, useWorkspace } from '../../session.tsx';
import type { CodebookChoice } from '../../state/view-store.ts';
import { Button } from '../../ui/button.tsx';
import { FileInput } from '../../ui/file-input.tsx';
import { useLostFocus } from '../../ui/lost-focus.ts';
import { saveFile } from '../../ui/save-file.ts';
import { CodebookChanges } from './codebook-changes.tsx';
import { NewName } from './codebook-fields.tsx';
import { CodebookHistory } from './codebook-history.tsx';
import { LayerCard } from './codebook-layer.tsx';
import { EntityTypesCard, RelationCard } from './codebook-relation.tsx';

/** The scheme of the project: its parts on the left, the chosen one in the middle, and on the right what the collected changes would do. */
export function CodebookView() {
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  return codebook ? <Scheme codebook={codebook} /> : null;
}

function Scheme({ codebook }: { codebook: Codebook }) {
  const { actions } = useSession();
  const part = useRef<HTMLElement>(null);
  const changes = useView((state) => state.codebookChanges);
  const chosen = useView((state) => state.codebookChoice);
  const isLead = useIsLead();
  const place = useRef<HTMLDivElement>(null);
  useLostFocus(place, '.codebook-link[aria-current="true"]', changes);
  // The codebook including the collected changes, and these in words.
  const { draft, words } = useMemo(() => {
    if (changes.length === 0) return { draft: codebook, words: [] };
    try {
      const revision = revise(codebook, changes, { layers: new Set(), relations: new Set(), entityTypes: new Set() });
      return { draft: revision.codebook, words: revision.words };
    } catch (error) {
      // The codebook was changed elsewhere and the collected changes no longer fit. The preview says so.
      if (error instanceof Refusal) return { draft: codebook, words: changes.map((change) => changeInWords(change, codebook)) };
      throw error;
    }
  }, [codebook, changes]);
  const choice: CodebookChoice = chosen && isThere(draft, chosen) ? chosen : { kind: 'layer', id: draft.layers[0]?.id ?? '' };
  const layer = choice.kind === 'layer' ? draft.layers.find(({ id }) => id === choice.id) : undefined;
  const relation = choice.kind === 'relation' ? draft.relations.find(({ id }) => id === choice.id) : undefined;
  return (
    <div className="codebook" ref={place}>
      <Parts
        codebook={draft}
        choice={choice}
        isLead={isLead}
        // In a narrow window, the chosen part is below the list of parts.
        onChosen={() => requestAnimationFrame(() => part.current?.scrollIntoView({ block: 'nearest' }))}
      />
      <main className="codebook-part" data-pane="main" aria-label="Part of the codebook" ref={part}>
        {!isLead && <NotLead />}
        {layer && <LayerCard key={draft.layers.indexOf(layer)} layer={layer} codebook={draft} isDisabled={!isLead} />}
        {relation && <RelationCard key={draft.relations.indexOf(relation)} relation={relation} codebook={draft} isDisabled={!isLead} />}
        {choice.kind === 'entity-types' && <EntityTypesCard codebook={draft} isDisabled={!isLead} />}
        {choice.kind === 'history' && <CodebookHistory />}
      </main>
      <aside className="codebook-side" data-pane="side" aria-label="What changes">
        <CodebookChanges changes={changes} words={words} onCancel={actions.codebook.cancel} />
      </aside>
    </div>
  );
}

/** Whether the user may change the codebook here: as the lead, in the window that writes. */
function useIsLead(): boolean {
  const writable = useWorkspace((state) => state.writable);
  const isLead = useWorkspace((state) => state.opened?.annotator.id === state.opened?.project.lead);
  return writable && isLead;
}

function NotLead() {
  const lead = useWorkspace((state) => state.opened?.annotators.find(({ id }) => id === state.opened?.project.lead)?.name);
  const writable = useWorkspace((state) => state.writable);
  return (
    <p className="notice" data-severity="info">
      {writable
        ? `Only ${lead ?? 'the lead'}, who leads this project, can change the codebook; here you can read it.`
        : 'This window only shows the project.'}
    </p>
  );
}

function isThere(codebook: Codebook, choice: CodebookChoice): boolean {
  if (choice.kind === 'layer') return codebook.layers.some(({ id }) => id === choice.id);
  return choice.kind !== 'relation' || codebook.relations.some(({ id }) => id === choice.id);
}

interface PartsProps {
  readonly codebook: Codebook;
  readonly choice: CodebookChoice;
  readonly isLead: boolean;
  readonly onChosen: () => void;
}

function Parts({ codebook, choice, isLead, onChosen }: PartsProps) {
  const { actions } = useSession();
  const project = useWorkspace((state) => state.opened?.project.name);
  const version = useWorkspace((state) => state.opened?.codebook.version);
  const chooser = useRef<HTMLInputElement>(null);
  const [problems, setProblems] = useState<readonly string[]>([]);
  const isChosen = (other: CodebookChoice) => JSON.stringify(other) === JSON.stringify(choice);
  const part = (other: CodebookChoice, title: string, key: string | null, isRetired: boolean) => (
    <button
      key={`${other.kind} ${title}`}
      type="button"
      className="codebook-link"
      aria-current={isChosen(other) ? 'true' : undefined}
      data-retired={isRetired}
      onClick={() => {
        actions.codebook.choose(other);
        onChosen();
      }}
    >
      <span>{title}</span>
      {isRetired && <span className="muted">retired</span>}
      {key && !isRetired && <kbd>{key}</kbd>}
    </button>
  );
  const stageLayer = (id: string) => {
    const layer = {
      id,
      title: id.replaceAll('_', ' '),
      look: 'tint' as const,
      hue: 'blue' as const,
      hueBy: null,
      help: '',
      attributes: [],
      roles: [],
    };
    // If no key is left, the change is refused with a message that says what has this one.
    const key = freeLayerKey(codebook) ?? 'z';
    if (actions.codebook.stage({ change: 'add-layer', layer: { ...layer, key } })) actions.codebook.choose({ kind: 'layer', id });
  };
  return (
    <nav className="codebook-parts" data-pane="articles" aria-label="Parts of the codebook">
      <h2 className="heading">Layers</h2>
      {codebook.layers.map(({ id, title, key, retired }) => part({ kind: 'layer', id }, title, key, retired === true))}
      {isLead && <NewName label="New layer" onCommit={stageLayer} />}
      <h2 className="heading">Relations</h2>
      {codebook.relations.map(({ id, title, key, retired }) => part({ kind: 'relation', id }, title, key, retired === true))}
      {isLead && (
        <NewName
          label="New relation"
          onCommit={(id) => {
            const all = codebook.layers.map((layer) => layer.id);
            const relation = {
              id,
              title: id.replaceAll('_', ' '),
              scope: 'article' as const,
              from: all,
              to: all,
              symmetric: false,
              key: null,
              attributes: [],
              help: '',
            };
            if (actions.codebook.stage({ change: 'add-relation', relation })) actions.codebook.choose({ kind: 'relation', id });
          }}
        />
      )}
      <h2 className="heading">Registry</h2>
      {part({ kind: 'entity-types' }, 'Entity types', null, false)}
      <h2 className="heading">This codebook</h2>
      {part({ kind: 'history' }, `Versions (${version})`, null, false)}
      <div className="codebook-files">
        <Button kind="quiet" onPress={() => saveFile(`${project ?? 'project'} codebook.json`, codebookText(codebook))}>
          Export…
        </Button>
        {isLead && (
          <Button kind="quiet" onPress={() => chooser.current?.click()}>
            Import…
          </Button>
        )}
      </div>
      {problems.length > 0 && (
        <ul className="codebook-problems" role="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <FileInput
        ref={chooser}
        accept=".json,application/json"
        label="Choose a codebook to import"
        onChoose={([file]) => {
          if (file) void actions.codebook.take(file).then(setProblems);
        }}
      />
    </nav>
  );
}
