import './guidelines.css';
import type { Layer } from '../../../core/model/codebook.ts';
import { useSession, useView } from '../../session.tsx';
import { useCommandKeys } from '../frame/command-keys.ts';

/** The quiet “?” at the top of the inspector that shows and hides the guidelines. */
export function GuidelinesToggle({ layer }: { layer: Layer }) {
  const { actions } = useSession();
  const isShown = useView((state) => state.guidelines);
  const key = useCommandKeys()('guidelines.toggle');
  return (
    <button
      type="button"
      className="guidelines-toggle"
      aria-expanded={isShown}
      aria-label={`Guidelines for ${layer.title}`}
      title={key ? `Guidelines (${key})` : 'Guidelines'}
      onClick={() => actions.run('guidelines.toggle')}
    >
      ?
    </button>
  );
}

/** What the codebook says about a layer, with its examples, while the guidelines are shown. */
export function Guidelines({ layer }: { layer: Layer }) {
  const isShown = useView((state) => state.guidelines);
  if (!isShown) return null;
  const helps = [...layer.attributes, ...layer.roles].filter(({ help, retired }) => help !== '' && !retired);
  return (
    <section className="guidelines" aria-label={`Guidelines for ${layer.title}`}>
      <p>{layer.help || 'The codebook has no guidelines for this layer yet.'}</p>
      {layer.examples?.map(({ text, note }) => (
        <figure key={text}>
          <blockquote>{text}</blockquote>
          {note && <figcaption className="muted">{note}</figcaption>}
        </figure>
      ))}
      {helps.length > 0 && (
        <dl>
          {helps.map(({ name, title, help }) => (
            <div key={name}>
              <dt>{title}</dt>
              <dd>{help}</dd>
            </div>
          ))}
        </dl>
      )}
    </section>
  );
}
