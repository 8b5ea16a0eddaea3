import { titleIn, titlesBeside } from '../../../core/codebook/codebook-titles.ts';
import type { Codebook, RelationType } from '../../../core/model/codebook.ts';
import { useSession } from '../../session.tsx';
import { Check, Pick } from '../../ui/fields.tsx';
import { CodebookAttributes } from './codebook-attributes.tsx';
import { CodebookField, CodebookTicks, NewName, Removal } from './codebook-fields.tsx';

interface RelationProps {
  readonly relation: RelationType;
  readonly codebook: Codebook;
  readonly isDisabled: boolean;
}

const scopes = { article: 'within an article', any: 'in all articles' } as const;

/** A relation type: what it joins, where, and its attributes. */
export function RelationCard({ relation, codebook, isDisabled }: RelationProps) {
  const { stage, choose } = useSession().actions.codebook;
  const edit = (set: Partial<RelationType>) => stage({ change: 'edit-relation', relation: relation.id, set });
  const ends = (side: 'from' | 'to', label: string) => (
    <CodebookTicks
      isShown
      label={label}
      choices={codebook.layers.map(({ id }) => ({ id, title: titleIn(codebook.layers, id) }))}
      ticked={relation[side]}
      isDisabled={isDisabled}
      onChange={(layers) => edit({ [side]: layers })}
    />
  );
  return (
    <>
      <div className="codebook-head">
        <h2>
          {relation.title}
          {relation.retired && <span className="muted"> (retired)</span>}
        </h2>
        {!isDisabled && (
          <Removal
            what={`the relation ${titleIn(codebook.relations, relation.id)}`}
            others={titlesBeside(codebook.relations, relation)}
            isRetired={relation.retired === true}
            onRetire={(retired) => stage({ change: 'retire-relation', relation: relation.id, retired })}
            onRemove={(into) => stage({ change: 'remove-relation', relation: relation.id, into }) && choose(null)}
          />
        )}
      </div>
      <div className="codebook-fields">
        <CodebookField label="Title" value={relation.title} isDisabled={isDisabled} onCommit={(title) => edit({ title })} />
        <CodebookField
          label="Id"
          isName
          value={relation.id}
          isDisabled={isDisabled}
          onCommit={(to) => stage({ change: 'rename-relation', relation: relation.id, to }) && choose({ kind: 'relation', id: to })}
        />
        <CodebookField
          label="Key"
          value={relation.key ?? ''}
          isDisabled={isDisabled}
          onCommit={(key) => edit({ key: key.trim() === '' ? null : key })}
        />
        <div className="codebook-field">
          <span className="field-name">Joins</span>
          {isDisabled ? (
            scopes[relation.scope]
          ) : (
            <Pick label="Joins" values={scopes} value={relation.scope} onChange={(scope) => edit({ scope })} />
          )}
        </div>
      </div>
      {ends('from', 'From')}
      {ends('to', 'To')}
      <Check label="The same both ways" value={relation.symmetric} isDisabled={isDisabled} onChange={(symmetric) => edit({ symmetric })} />
      <CodebookField multiline label="Guidelines" value={relation.help} isDisabled={isDisabled} onCommit={(help) => edit({ help })} />
      <CodebookAttributes
        codebook={codebook}
        owner={{ kind: 'relation', id: relation.id }}
        attributes={relation.attributes}
        isDisabled={isDisabled}
      />
    </>
  );
}

/** The types of entities in the registry. */
export function EntityTypesCard({ codebook, isDisabled }: { codebook: Codebook; isDisabled: boolean }) {
  const { stage } = useSession().actions.codebook;
  return (
    <>
      <h2>Entity types</h2>
      <ul className="codebook-values">
        {codebook.entityTypes.map(({ id, title, retired }) => (
          <li key={id} data-retired={retired === true}>
            <CodebookField
              label="Title"
              of={titleIn(codebook.entityTypes, id)}
              value={title}
              isDisabled={isDisabled}
              onCommit={(to) => stage({ change: 'edit-entity-type', type: id, title: to })}
            />
            {!isDisabled && (
              <Removal
                what={titleIn(codebook.entityTypes, id)}
                others={[]}
                isRetired={retired === true}
                onRetire={(isRetired) => stage({ change: 'retire-entity-type', type: id, retired: isRetired })}
                onRemove={() => stage({ change: 'remove-entity-type', type: id })}
              />
            )}
          </li>
        ))}
      </ul>
      {!isDisabled && (
        <NewName
          label="New entity type"
          onCommit={(id) => stage({ change: 'add-entity-type', type: { id, title: id.replaceAll('_', ' ') } })}
        />
      )}
    </>
  );
}
