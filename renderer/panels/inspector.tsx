import './inspector.css';
import { useRef } from 'react';
import { flushSync } from 'react-dom';
import type { Annotation, AttributeValue, RoleFiller } from '../../core/annotation.ts';
import { type Article, blockIndexAt, blocksOf } from '../../core/article.ts';
import { type Attribute, defaultsOf, fillersOf, hueOf, type Layer, layerOf, type Role } from '../../core/codebook.ts';
import { entityOf } from '../../core/entity.ts';
import type { Span } from '../../core/span.ts';
import { useSession, useView, useWorkspace } from '../session.tsx';
import { othersOf } from '../state/others.ts';
import { currentSet } from '../state/workspace.ts';
import { Button } from '../ui/button.tsx';
import { counted } from '../ui/count.ts';
import { Check, Choice, CommittedText } from '../ui/fields.tsx';
import { useCommandKeys } from './command-keys.ts';
import { OthersAnnotation, Provenance } from './others.tsx';
import { EvidenceField, QuantityField } from './record-fields.tsx';

/** The active annotation: its words, its roles, its attributes, its note. */
export function Inspector() {
  const active = useView((state) => state.active);
  const annotation = useWorkspace((state) => currentSet(state).annotations.get(active ?? ''));
  const article = useWorkspace((state) => state.article);
  const codebook = useWorkspace((state) => state.opened?.codebook.codebook);
  const layer = annotation && codebook && layerOf(codebook, annotation.layer);
  return (
    <section className="inspector scrolls" data-pane="inspector" aria-label="Inspector">
      {annotation && article && layer ? (
        <Fields key={annotation.id} annotation={annotation} article={article} layer={layer} />
      ) : (
        <NothingOwn />
      )}
    </section>
  );
}

// Either somebody else's, or nothing.
function NothingOwn() {
  const active = useView((state) => state.active);
  const isOthers = useWorkspace((state) => othersOf(state).some(({ set }) => set.annotations.has(active ?? '')));
  return isOthers ? <OthersAnnotation /> : <NothingActive />;
}

function NothingActive() {
  const keyOf = useCommandKeys();
  const next = keyOf('annotation.next');
  const previous = keyOf('annotation.previous');
  return (
    <p className="empty">
      Click an annotation
      {next && previous && (
        <>
          , or walk with <kbd>{next}</kbd> and <kbd>{previous}</kbd>
        </>
      )}
      , to see and edit it here.
    </p>
  );
}

function Fields({ annotation, article, layer }: { annotation: Annotation; article: Article; layer: Layer }) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const length = annotation.spans.reduce((sum, { text }) => sum + text.length, 0);
  const required = layer.attributes.filter((attribute) => attribute.required);
  const optional = layer.attributes.filter((attribute) => !attribute.required);
  const defaults = defaultsOf(layer);
  const isChanged = ({ name }: Attribute) => annotation.attributes[name] !== undefined && annotation.attributes[name] !== defaults[name];
  return (
    <fieldset
      className="fields"
      aria-label={layer.title}
      data-hue={hueOf(layer, annotation)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') actions.returnToText();
      }}
    >
      <div className="inspector-head">
        <h2>
          <span className="swatch" data-look={layer.look} aria-hidden="true" /> {layer.title}
        </h2>
        <span className="muted">
          ¶{paragraphNumber(article, (annotation.spans[0] as Span).start)} · {counted(length, 'character')}
        </span>
        <Button kind="icon" label="Delete annotation" onPress={() => actions.remove(annotation.id)} isDisabled={!writable}>
          ✕
        </Button>
      </div>
      <blockquote className="covered">
        {annotation.spans.map((span) => (
          <p key={span.start}>{span.text}</p>
        ))}
      </blockquote>
      {layer.roles.map((role) => (
        <RoleField key={role.name} annotation={annotation} article={article} role={role} />
      ))}
      {required.map((attribute) => (
        <AttributeField key={attribute.name} annotation={annotation} attribute={attribute} />
      ))}
      <div className="field">
        <span className="field-name">Note</span>
        <CommittedText
          label="Note"
          field="note"
          placeholder="Add a note…"
          multiline
          value={annotation.note}
          isDisabled={!writable}
          onCommit={(note) => actions.setNote(annotation.id, note)}
        />
      </div>
      {optional.length > 0 && (
        <details className="more" open={optional.some(isChanged)}>
          <summary>More attributes</summary>
          {optional.map((attribute) => (
            <AttributeField key={attribute.name} annotation={annotation} attribute={attribute} />
          ))}
        </details>
      )}
      <Provenance annotation={annotation} />
    </fieldset>
  );
}

function RoleField({ annotation, article, role }: { annotation: Annotation; article: Article; role: Role }) {
  const { actions, afterPaint } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const armed = useView((state) => state.armed?.annotation === annotation.id && state.armed.role === role.name);
  const fillers = fillersOf(annotation, role.name);
  const isOpen = fillers.length < role.min;
  const keyName = useCommandKeys()(`role.${role.key}`);
  const field = useRef<HTMLDivElement>(null);
  const clear = (filler: RoleFiller) => {
    actions.clearRole(annotation.id, filler);
    // The button that was pressed goes; the focus stays with its role.
    flushSync(afterPaint.settle);
    field.current?.querySelector('button')?.focus();
  };
  return (
    <div className="field role-field" data-open={isOpen} ref={field}>
      <span className="field-name" title={role.help}>
        {role.title} {keyName && <kbd>{keyName}</kbd>}
      </span>
      <div className="fillers">
        {fillers.map((filler) => (
          <Filler key={JSON.stringify(filler.target)} filler={filler} article={article} title={role.title} onClear={() => clear(filler)} />
        ))}
        {armed && <span className="armed">Select it in the text, then Enter</span>}
        {!armed && fillers.length === 0 && (
          <span className="filler-adders">
            <Button kind="quiet" isDisabled={!writable} onPress={() => actions.arm(role.name, false)}>
              {isOpen ? 'Needed: select in text…' : 'Select in text…'}
            </Button>
            {role.targets.includes('AUTHOR') && (
              <Button kind="quiet" isDisabled={!writable} onPress={() => actions.fillWithAuthor(annotation.id, role.name)}>
                the author
              </Button>
            )}
          </span>
        )}
      </div>
      {!armed && fillers.length > 0 && fillers.length < role.max && (
        <Button
          kind="icon"
          label={`Add a further ${role.title.toLowerCase()}`}
          isDisabled={!writable}
          onPress={() => actions.arm(role.name, true)}
        >
          +
        </Button>
      )}
    </div>
  );
}

interface FillerProps {
  readonly filler: RoleFiller;
  readonly article: Article;
  readonly title: string;
  readonly onClear: () => void;
}

function Filler({ filler, article, title, onClear }: FillerProps) {
  const { actions } = useSession();
  const writable = useWorkspace((state) => state.writable);
  const { target } = filler;
  const mention = useWorkspace((state) => {
    const { mentions } = currentSet(state);
    if (target.kind === 'mention') return mentions.get(target.id);
    return target.kind === 'entity' ? [...mentions.values()].find(({ entity }) => entity === target.id) : undefined;
  });
  const entityId = target.kind === 'entity' ? target.id : mention?.entity;
  const entity = useWorkspace((state) => (entityId ? entityOf(state.registry, entityId) : undefined));
  const other = useWorkspace((state) => (target.kind === 'annotation' ? currentSet(state).annotations.get(target.id) : undefined));
  const name = entity?.canonical ?? mention?.span.text ?? other?.spans[0]?.text ?? (target.kind === 'author' ? 'the author' : 'missing');
  return (
    <span className="filler">
      <button
        type="button"
        className="filler-name"
        data-entity={entity !== undefined}
        onClick={() => mention && actions.scrollTo(mention.span.start)}
      >
        {name}
      </button>
      {mention && (
        <span className="muted">
          {entity && entity.canonical !== mention.span.text && `“${mention.span.text}” `}¶{paragraphNumber(article, mention.span.start)}
        </span>
      )}
      <Button kind="icon" label={`Remove ${title.toLowerCase()} ${name}`} isDisabled={!writable} onPress={onClear}>
        ✕
      </Button>
    </span>
  );
}

function AttributeField({ annotation, attribute }: { annotation: Annotation; attribute: Attribute }) {
  const { actions, view } = useSession();
  const digits = useView((state) => state.attribute);
  const value = annotation.attributes[attribute.name];
  const isOpen = attribute.required && value === undefined;
  return (
    <fieldset
      className="field"
      aria-label={attribute.title}
      data-open={isOpen}
      onFocus={() => digits !== attribute.name && view.set({ attribute: attribute.name })}
      onKeyDown={(event) => {
        // Digits choose here as they do in the text, wherever they are not typed into a field.
        if (attribute.type === 'enum' && /^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey) actions.run(`value.${event.key}`);
      }}
    >
      {attribute.type !== 'boolean' && (
        <span className="field-name" title={attribute.help}>
          {attribute.title}
          {isOpen && <span className="lacking"> needed</span>}
        </span>
      )}
      <AttributeInput
        attribute={attribute}
        value={value}
        onChange={(changed) => actions.setAttribute(annotation.id, attribute.name, changed)}
      />
    </fieldset>
  );
}

interface InputProps {
  readonly attribute: Attribute;
  readonly value: AttributeValue | undefined;
  readonly onChange: (value: AttributeValue | null) => void;
}

function AttributeInput({ attribute, value, onChange }: InputProps) {
  const isDisabled = !useWorkspace((state) => state.writable);
  const text = typeof value === 'string' ? value : '';
  switch (attribute.type) {
    case 'enum':
      return (
        <Choice
          label={attribute.title}
          values={attribute.values}
          value={text || null}
          clearable={!attribute.required}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      );
    case 'boolean':
      return <Check label={attribute.title} value={value === true} isDisabled={isDisabled} onChange={onChange} />;
    case 'number':
      return (
        <CommittedText
          label={attribute.title}
          inputMode="decimal"
          value={typeof value === 'number' ? String(value) : ''}
          isDisabled={isDisabled}
          invalid={(draft) => (Number.isFinite(Number(draft)) ? null : 'not a number')}
          onCommit={(draft) => onChange(draft.trim() === '' ? null : Number(draft))}
        />
      );
    case 'text':
    case 'date':
      return (
        <CommittedText
          label={attribute.title}
          multiline={attribute.type === 'text'}
          value={text}
          isDisabled={isDisabled}
          onCommit={(draft) => onChange(draft.trim() === '' ? null : draft)}
        />
      );
    case 'list':
      return (
        <CommittedText
          label={attribute.title}
          placeholder="One a line"
          multiline
          value={Array.isArray(value) ? value.filter((item) => typeof item === 'string').join('\n') : ''}
          isDisabled={isDisabled}
          onCommit={(draft) => onChange(draft.trim() === '' ? null : draft.split('\n').filter((line) => line.trim() !== ''))}
        />
      );
    case 'quantity':
      return <QuantityField title={attribute.title} value={value} isDisabled={isDisabled} onChange={onChange} />;
    case 'evidence':
      return <EvidenceField title={attribute.title} value={value} isDisabled={isDisabled} onChange={onChange} />;
  }
}

// Counts the lines that hold text, as the numbers in the margin do. Kept by article, which is long.
function paragraphNumber(article: Article, offset: number): number {
  const numbered = numbers.get(article) ?? numberedBlocks(article);
  numbers.set(article, numbered);
  return numbered.numbers[blockIndexAt(numbered.blocks, offset)] ?? 0;
}
const numbers = new WeakMap<Article, ReturnType<typeof numberedBlocks>>();

function numberedBlocks(article: Article) {
  const blocks = blocksOf(article.text, article.meta.headings);
  let last = 0;
  return { blocks, numbers: blocks.map(({ start, end }) => (article.text.slice(start, end).trim() === '' ? last : ++last)) };
}
